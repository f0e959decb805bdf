import { readPython, unread } from '../../attributes';
import { type PythonExpression, pythonExpression, pythonList } from '../../python';
import type { Reading } from '../../truth';
import { nearestColour } from '../colours';
import { EYE, GLASS, hairs, mouthAt, mouthHalf, skins } from './face';

/** The darkest place for eyes, then hair, skin, and what is darker than skin along the places of glasses and mouths. */
export function readFace(image: Float32Array, side: number): Reading {
  if (!image.every(Number.isFinite)) return unread(4);
  const grey = lookAt(greyOf(image), side, 1, 0);
  const meanOf = (places: readonly Spot[], [u, v]: Spot): number => {
    let sum = 0;
    for (const [x, y] of places) sum += grey(x + u, y + v);
    return sum / places.length;
  };
  const at = mostOf(offsets, (offset) => -meanOf(eyePlaces, offset));
  const colours = [0, 1, 2].map((channel) => lookAt(image, side, 3, channel));
  const hair = colourIn(colours, at, { x: 3, top: -12, bottom: -9.5 }, hairs);
  const skin = colourIn(colours, at, { x: 1, top: 2, bottom: 3.6 }, skins);
  const light = luminance(...skin.mean);
  const dark = (places: readonly Spot[], offset: Spot): number => light - meanOf(places, offset);
  const eyes = dark(eyePlaces, at);
  const rims = dark(rimPlaces, at) / eyes;
  const [straight, smile] = mouthPlaces.map((places) =>
    Math.max(...nudges.map((dy) => dark(places, [at[0], at[1] + dy]))),
  ) as [number, number];
  const clear = [
    eyes / CONTRAST,
    Math.abs(rims - RIMS) / RIMS_APART,
    Math.max(straight, smile) / LIPS_CONTRAST,
    Math.abs(smile - straight) / MOUTHS_APART,
    hair.clear,
    skin.clear,
  ];
  const fit = Math.max(0, Math.min(1, ...clear));
  if (!(fit > 0)) return unread(4);
  const values = [Number(rims > RIMS), Number(smile > straight), hair.index, skin.index];
  return { values, fit, legal: fit >= LEGAL };
}

type Spot = readonly [x: number, y: number];
type Look = (x: number, y: number) => number;

/** Of luminance, -1 to 1, between skin and what is drawn on it: as little as is clear. */
const [CONTRAST, LIPS_CONTRAST, MOUTHS_APART] = [0.25, 0.1, 0.016];
/** Rims are as dark as eyes, or are not there; so much nearer to one of them is clear. */
const [RIMS, RIMS_APART] = [0.45, 0.1];
const LEGAL = 0.8;

const luminance = (red: number, green: number, blue: number): number =>
  0.299 * red + 0.587 * green + 0.114 * blue;

const greyOf = (image: Float32Array): Float32Array =>
  Float32Array.from({ length: image.length / 3 }, (_, i) =>
    luminance(image[3 * i] as number, image[3 * i + 1] as number, image[3 * i + 2] as number),
  );

function mostOf<T>(list: readonly T[], of: (one: T) => number): T {
  const found = list.map(of);
  return list[found.indexOf(Math.max(...found))] ?? (list[0] as T);
}

/** Evenly, from one to the other. */
const steps = (low: number, high: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** Where the middle of a face may be from that of the image, in 32nds of its side. */
const offsets = steps(-1.5, 1.5, 7).flatMap((x) => steps(-1, 1, 5).map((y): Spot => [x, y]));
const nudges = steps(-0.5, 0.5, 3);
const bothSides = (places: readonly Spot[]) =>
  places.flatMap(([x, y]): Spot[] => [
    [x, y],
    [-x, y],
  ]);
const around = (radius: number, count: number) =>
  steps(0, 2 * Math.PI, count + 1)
    .slice(1)
    .map((angle): Spot => [EYE.x + radius * Math.cos(angle), EYE.y + radius * Math.sin(angle)]);
const eyePlaces = bothSides([[EYE.x, EYE.y], ...around(EYE.radius / 2, 4)]);
const rimPlaces = bothSides(around(GLASS.radius, 12));
const mouthPlaces = [0, 1].map((smile) =>
  steps(-mouthHalf, mouthHalf, 13).map((x): Spot => [x, mouthAt(x, smile)]),
);

/** A channel at a place, in 32nds of the side from the middle, between the four pixels around it. */
function lookAt(values: Float32Array, side: number, channels: number, channel: number): Look {
  const unit = side / 32;
  const clip = (value: number) => Math.min(side - 1, Math.max(0, value));
  const at = (row: number, column: number) => values[channels * (row * side + column) + channel] as number;
  return (x, y) => {
    const column = clip(side / 2 + unit * x - 0.5);
    const row = clip(side / 2 + unit * y - 0.5);
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const [right, bottom] = [clip(left + 1), clip(top + 1)];
    const [u, v] = [column - left, row - top];
    const above = (1 - u) * at(top, left) + u * at(top, right);
    return (1 - v) * above + v * ((1 - u) * at(bottom, left) + u * at(bottom, right));
  };
}

/** The mean colour of a window, and the one of these that is nearest; clear where the others are far. */
function colourIn(
  colours: readonly Look[],
  [u, v]: Spot,
  window: { readonly x: number; readonly top: number; readonly bottom: number },
  among: readonly { readonly channels: readonly number[] }[],
) {
  const across = steps(-window.x, window.x, 4);
  const down = steps(window.top, window.bottom, 3);
  const mean = colours.map(
    (look) =>
      across.reduce((sum, x) => down.reduce((own, y) => own + look(x + u, y + v), sum), 0) /
      (across.length * down.length),
  ) as [number, number, number];
  const { index, distance } = nearestColour(mean, among);
  const others = among.filter((_, i) => i !== index);
  const second = nearestColour(mean, others).distance;
  return { mean, index, clear: (second - distance) / (0.4 * (second + distance)) };
}

const readFacePython = `def read_face(image, given):
    """The darkest place for eyes, then hair, skin, and what is darker than skin where glasses and mouths are."""
    unread = [-1] * 4, 0, False
    if not np.isfinite(image).all():
        return unread
    image, side = image.astype(np.float64), len(image)
    grey = (image @ [0.299, 0.587, 0.114])[..., None]

    def look(values, places):
        """At places in 32nds of the side from the middle, between the four pixels around each."""
        at = np.clip(side / 2 + side / 32 * np.asarray(places) - 0.5, 0, side - 1)
        (left, top), (u, v) = np.floor(at).astype(int).T, (at - np.floor(at)).T[..., None]
        right, bottom = np.minimum(left + 1, side - 1), np.minimum(top + 1, side - 1)
        above = (1 - u) * values[top, left] + u * values[top, right]
        return (1 - v) * above + v * ((1 - u) * values[bottom, left] + u * values[bottom, right])

    def both_sides(places):
        return np.array([(sign * x, y) for x, y in places for sign in (1, -1)])

    def around(radius, count):
        angles = 2 * math.pi * np.arange(1, count + 1) / count
        return [(${EYE.x} + radius * math.cos(each), ${EYE.y} + radius * math.sin(each)) for each in angles]

    eyes = both_sides([(${EYE.x}, ${EYE.y}), *around(${EYE.radius / 2}, 4)])
    rims = both_sides(around(${GLASS.radius}, 12))
    offsets = np.array([(x, y) for x in np.linspace(-1.5, 1.5, 7) for y in np.linspace(-1, 1, 5)])
    at = offsets[np.argmin([look(grey, eyes + offset).mean() for offset in offsets])]

    def colour_in(x, top, bottom, among):
        places = [(u, v) for u in np.linspace(-x, x, 4) for v in np.linspace(top, bottom, 3)]
        mean = look(image, at + np.array(places)).mean(0)
        index, away = nearest_colour(mean, among)
        _, second = nearest_colour(mean, [each for i, each in enumerate(among) if i != index])
        return mean, index, (second - away) / (0.4 * (second + away))

    _, hair, hair_clear = colour_in(3, -12, -9.5, ${pythonList(hairs.map(({ channels }) => channels))})
    mean, skin, skin_clear = colour_in(1, 2, 3.6, ${pythonList(skins.map(({ channels }) => channels))})
    light = mean @ [0.299, 0.587, 0.114]

    def dark(places):
        return light - look(grey, at + places).mean()

    across = np.linspace(-${mouthHalf}, ${mouthHalf}, 13)
    heights = [${mouthAt(0, 0)} + smile * (${mouthAt(0, 1) - mouthAt(0, 0)} + ${mouthAt(mouthHalf, 1) - mouthAt(0, 1)} * (across / ${mouthHalf}) ** 2) for smile in (0, 1)]
    straight, smile = (
        max(dark(np.stack([across, height + nudge], 1)) for nudge in (-0.5, 0, 0.5)) for height in heights
    )
    rim = dark(rims) / dark(eyes)
    clear = [dark(eyes) / ${CONTRAST}, abs(rim - ${RIMS}) / ${RIMS_APART}, max(straight, smile) / ${LIPS_CONTRAST},
             abs(smile - straight) / ${MOUTHS_APART}, hair_clear, skin_clear]
    fit = max(0, min(1, *clear))
    if not fit > 0:
        return unread
    return [int(rim > ${RIMS}), int(smile > straight), hair, skin], fit, fit >= ${LEGAL}`;

/** The same in Python. */
export const facePython: PythonExpression = pythonExpression('read_face', readPython, readFacePython);
