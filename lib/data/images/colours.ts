/** Colours far from each other, as channels in [-1, 1]. */
export const colours = [
  { name: 'red', channels: [1, -1, -1] },
  { name: 'green', channels: [-1, 1, -1] },
  { name: 'blue', channels: [-1, 0, 1] },
  { name: 'yellow', channels: [1, 1, -1] },
] as const;

export const colourNames = colours.map(({ name }) => name);

/** The one of these colours that is nearest, and how far it is. */
export function nearestColour(
  colour: readonly number[],
  among: readonly { readonly channels: readonly number[] }[],
) {
  const distances = among.map(({ channels }) =>
    Math.hypot(...channels.map((value, channel) => value - (colour[channel] as number))),
  );
  const distance = Math.min(...distances);
  return { index: distances.indexOf(distance), distance };
}
