import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { imageSide } from '../fields';
import { pythonList, pythonSource } from '../python';
import { defineSource } from '../source';
import type { Reading } from '../truth';
import { findForm, forms, placesOf, sidesOf } from './forms';

const colours = { red: [1, -1, -1], green: [-1, 1, -1], blue: [-1, 0, 1], yellow: [1, 1, -1] } as const;
const colourNames = Object.keys(colours) as (keyof typeof colours)[];
const columns = ['left', 'right'] as const;
const words = [...colourNames, ...forms, ...columns];

const pairs = colourNames.flatMap((colour) => forms.map((form) => `${colour} ${form}` as const));
type Pair = (typeof pairs)[number];

const options = z
  .strictObject({
    size: imageSide(16, 16, 64),
    exclude: param(z.array(z.enum(pairs)).max(pairs.length).default([]), {
      label: 'Held out',
      help: 'Pairs of a colour and a form, as "red cross".',
      input: 'json',
    }),
    part: param(z.enum(['seen', 'held-out', 'all']).default('seen'), {
      label: 'Part',
      help: 'Pairs that are not held out, those that are, or all.',
    }),
  })
  .superRefine(({ exclude, part }, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message, path: ['exclude'] });
    if (part === 'held-out' && exclude.length === 0) say('No pair is held out, and only those are asked for');
    if (part !== 'seen') return;
    const left = pairs.filter((pair) => !exclude.includes(pair));
    for (const word of [...colourNames, ...forms])
      if (!left.some((pair) => pair.split(' ').includes(word)))
        say(`All ${forms.length} pairs of "${word}" are held out; one must be left`);
  });

function pairsOf({ exclude, part }: z.output<typeof options>): readonly Pair[] {
  if (part === 'all') return pairs;
  return pairs.filter((pair) => exclude.includes(pair) === (part === 'held-out'));
}

/** The colour nearest to the mean of what is lit, the form that overlaps most, the half that its middle is in. */
function read(sample: Float32Array, size: number): Reading {
  const nothing = { values: [-1, -1, -1], fit: 0, legal: false };
  if (!sample.every(Number.isFinite)) return nothing;
  const at = (pixel: number, channel: number) => sample[3 * pixel + channel] as number;
  const isLit = Array.from({ length: size * size }, (_, i) => Math.max(at(i, 0), at(i, 1), at(i, 2)) > 0);
  const lit = isLit.flatMap((is, i) => (is ? [i] : []));
  if (lit.length === 0) return nothing;
  const mean = (of: (pixel: number) => number) => lit.reduce((sum, i) => sum + of(i), 0) / lit.length;
  const colour = [0, 1, 2].map((channel) => mean((i) => at(i, channel)));
  const distances = colourNames.map((name) =>
    Math.hypot(...colours[name].map((value, channel) => value - (colour[channel] as number))),
  );
  const { form, overlap } = findForm(isLit, lit.length, size);
  const column = mean((i) => i % size) > (size - 1) / 2 ? 1 : 0;
  return {
    values: [distances.indexOf(Math.min(...distances)), form, column],
    fit: overlap,
    legal: overlap >= 0.8,
  };
}

/** A coloured form in one half of the image, and the three words that say so, each one-hot. */
export const captionToShape = defineSource({
  id: 'caption-to-shape',
  title: 'Captions of shapes',
  summary: 'Three words, as “red cross left”, and an image of which they are true.',
  family: 'Images',
  options,
  ports: ({ size }) => ({ x: [3, words.length], labels: [words.length], target: [size, size, 3] }),
  classes: () => words,
  draw(given, rows, stream) {
    const { size } = given;
    const among = pairsOf(given);
    const sides = sidesOf(size);
    const x = new Float32Array(rows * 3 * words.length);
    const labels = new Float32Array(rows * words.length);
    const target = new Float32Array(rows * size * size * 3).fill(-1);
    for (let row = 0; row < rows; row++) {
      const [colour = 'red', form = ''] = (among[stream.integer(among.length)] as Pair).split(' ');
      const column = stream.integer(2);
      [colour, form, columns[column] as string].forEach((word, place) => {
        const index = words.indexOf(word as Word);
        x[(3 * row + place) * words.length + index] = 1;
        labels[row * words.length + index] = 1;
      });
      const side = sides[stream.integer(sides.length)] as number;
      const half = Math.floor(size / 2);
      const left = column * half + stream.integer(half - side + 1);
      const top = 1 + stream.integer(size - 1 - side);
      for (const [dy, dx] of placesOf(forms.indexOf(form as (typeof forms)[number]), side)) {
        const pixel = (row * size + top + dy) * size + left + dx;
        target.set(colours[colour as keyof typeof colours], 3 * pixel);
      }
    }
    return { x, labels, target };
  },
  truth: ({ size }) => ({
    attributes: [
      { name: 'colour', values: colourNames },
      { name: 'form', values: forms },
      { name: 'column', values: columns },
    ],
    read: (sample) => read(sample, size),
  }),
  python: (given) => {
    const { size } = given;
    const chosen = pairsOf(given).map((pair) => {
      const [colour, form] = pair.split(' ');
      return [
        colourNames.indexOf(colour as keyof typeof colours),
        forms.indexOf(form as (typeof forms)[number]),
      ];
    });
    const masks = forms.map((_, form) =>
      sidesOf(size).map(
        (side) =>
          `[${placesOf(form, side)
            .map((place) => `[${place.join(', ')}]`)
            .join(', ')}]`,
      ),
    );
    return pythonSource(`size, half = ${size}, ${Math.floor(size / 2)}
pairs, sides = ${pythonList(chosen)}, ${pythonList(sidesOf(size))}
colours = np.array(${pythonList(Object.values(colours))})
forms = [${masks.map((row) => `[${row.join(', ')}]`).join(',\n         ')}]
pair, column, which = rng.integers(len(pairs), size=rows), rng.integers(2, size=rows), rng.integers(2, size=rows)
words = np.array(pairs)[pair]
index = np.stack([words[:, 0], ${colourNames.length} + words[:, 1], ${colourNames.length + forms.length} + column], 1)
x, target = np.eye(${words.length})[index], -np.ones((rows, size, size, 3))
for i in range(rows):
    side = sides[which[i]]
    left, top = column[i] * half + rng.integers(half - side + 1), 1 + rng.integers(size - 1 - side)
    for dy, dx in forms[words[i, 1]][which[i]]:
        target[i, top + dy, left + dx] = colours[words[i, 0]]
return {"x": x, "labels": x.sum(1), "target": target}`);
  },
});

type Word = (typeof words)[number];
