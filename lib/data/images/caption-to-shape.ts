import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { readPython, unread } from '../attributes';
import { imageSide, placesChoice } from '../fields';
import { pythonExpression, pythonList, pythonSource } from '../python';
import { defineSource } from '../source';
import type { Reading } from '../truth';
import { colourNames, colours, nearestColour } from './colours';
import { forms, placesOf, sidesOf, templatesOf } from './forms';
import { findNearest, NEAR, type Template } from './templates';

const columns = ['left', 'right'] as const;
const words = [...colourNames, ...forms, ...columns];
/** Where the words of a form and of a column begin. */
const [FORM, COLUMN] = [colours.length, colours.length + forms.length];

const pairs = colours.flatMap((_, colour) => forms.map((_, form) => ({ colour, form })));
type Pair = (typeof pairs)[number];
const namePair = ({ colour, form }: Pair) => `${words[colour]} ${words[FORM + form]}`;

const options = z
  .strictObject({
    size: imageSide(16, 16, 64),
    exclude: param(
      z
        .array(z.enum(pairs.map(namePair)))
        .max(pairs.length)
        .default([]),
      {
        label: 'Held out',
        help: 'Pairs of a colour and a form, as "red cross".',
        input: 'json',
      },
    ),
    part: param(z.enum(['seen', 'held-out', 'all']).default('seen'), {
      label: 'Part',
      help: 'Pairs that are not held out, those that are, or all.',
    }),
    places: placesChoice('Where forms stand in their half of the image: anywhere, or all in its middle.'),
  })
  .superRefine(({ exclude, part }, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message, path: ['exclude'] });
    if (part === 'held-out' && exclude.length === 0) say('No pair is held out, and only those are asked for');
    if (part !== 'seen') return;
    const left = pairsOf({ exclude, part });
    words.slice(0, COLUMN).forEach((word, i) => {
      if (!left.some(({ colour, form }) => colour === i || FORM + form === i))
        say(`All ${forms.length} pairs of "${word}" are held out; one must be left`);
    });
  });

function pairsOf(given: { readonly exclude: readonly string[]; readonly part: string }): readonly Pair[] {
  if (given.part === 'all') return pairs;
  return pairs.filter((pair) => given.exclude.includes(namePair(pair)) === (given.part === 'held-out'));
}

/** The colour nearest to the mean of what is lit, the form that overlaps most, the half that its middle is in. */
function read(sample: Float32Array, size: number, templates: readonly Template[]): Reading {
  if (!sample.every(Number.isFinite)) return unread(3);
  const at = (pixel: number, channel: number) => sample[3 * pixel + channel] as number;
  const brightest = Float32Array.from({ length: size * size }, (_, i) =>
    Math.max(at(i, 0), at(i, 1), at(i, 2)),
  );
  const lit = [...brightest.keys()].filter((i) => (brightest[i] as number) > 0);
  if (lit.length === 0) return unread(3);
  const mean = (of: (pixel: number) => number) => lit.reduce((sum, i) => sum + of(i), 0) / lit.length;
  const colour = [0, 1, 2].map((channel) => mean((i) => at(i, channel)));
  const { kind: form, overlap, isNear } = findNearest(brightest, templates);
  const column = mean((i) => i % size) > (size - 1) / 2 ? 1 : 0;
  return {
    values: [nearestColour(colour, colours).index, form, column],
    fit: overlap,
    legal: isNear,
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
    const { size, places } = given;
    const among = pairsOf(given);
    const sides = sidesOf(size);
    const x = new Float32Array(rows * 3 * words.length);
    const labels = new Float32Array(rows * words.length);
    const target = new Float32Array(rows * size * size * 3).fill(-1);
    for (let row = 0; row < rows; row++) {
      const { colour, form } = among[stream.integer(among.length)] as Pair;
      const column = stream.integer(2);
      [colour, FORM + form, COLUMN + column].forEach((word, place) => {
        x[(3 * row + place) * words.length + word] = 1;
        labels[row * words.length + word] = 1;
      });
      const side = sides[stream.integer(sides.length)] as number;
      const half = Math.floor(size / 2);
      const [left, top] =
        places === 'middle'
          ? [column * half + Math.floor((half - side) / 2), Math.floor((size - side) / 2)]
          : [column * half + stream.integer(half - side + 1), 1 + stream.integer(size - 1 - side)];
      for (const [dy, dx] of placesOf(form, side)) {
        const pixel = (row * size + top + dy) * size + left + dx;
        target.set((colours[colour] as (typeof colours)[number]).channels, 3 * pixel);
      }
    }
    return { x, labels, target };
  },
  truth({ size }) {
    let templates: readonly Template[] | undefined;
    return {
      attributes: [
        { name: 'colour', values: words.slice(0, FORM) },
        { name: 'form', values: forms },
        { name: 'column', values: columns },
      ],
      read(sample) {
        templates ??= templatesOf(size);
        return read(sample, size, templates);
      },
      python: {
        read: pythonExpression(
          `(lambda sample, given: read_caption(sample, caption_forms(${pythonForms(size)}, ${size})))`,
          readPython,
          readCaption,
        ),
      },
    };
  },
  python(given) {
    const { size, places } = given;
    const left = places === 'middle' ? '(half - side) // 2' : 'rng.integers(half - side + 1)';
    const top = places === 'middle' ? '(size - side) // 2' : '1 + rng.integers(size - 1 - side)';
    const chosen = pairsOf(given).map(({ colour, form }) => [colour, form]);
    return pythonSource(`size, half = ${size}, ${Math.floor(size / 2)}
pairs, sides = ${pythonList(chosen)}, ${pythonList(sidesOf(size))}
colours = np.array(${pythonList(colours.map(({ channels }) => channels))})
forms = ${pythonForms(size)}
pair, column, which = rng.integers(len(pairs), size=rows), rng.integers(2, size=rows), rng.integers(2, size=rows)
words = np.array(pairs)[pair]
index = np.stack([words[:, 0], ${FORM} + words[:, 1], ${COLUMN} + column], 1)
x, target = np.eye(${words.length})[index], -np.ones((rows, size, size, 3))
for i in range(rows):
    side = sides[which[i]]
    left, top = column[i] * half + ${left}, ${top}
    for dy, dx in forms[words[i, 1]][which[i]]:
        target[i, top + dy, left + dx] = colours[words[i, 0]]
return {"x": x, "labels": x.sum(1), "target": target}`);
  },
});

/** Places of every form in every size, counted from its corner. */
const pythonForms = (size: number): string =>
  `[${forms
    .map(
      (_, form) =>
        `[${sidesOf(size)
          .map((side) => pythonList(placesOf(form, side)))
          .join(', ')}]`,
    )
    .join(',\n         ')}]`;

const readCaption = `CAPTION_FORMS = {}


def caption_forms(forms, size):
    """Pixels of every form in every size and place, and which form each is."""
    if size not in CAPTION_FORMS:
        kinds, templates = [], []
        for kind, sides in enumerate(forms):
            for places in sides:
                dy, dx = np.array(places).T
                side = max(dy.max(), dx.max()) + 1
                for y, x in ((y, x) for y in range(size - side + 1) for x in range(size - side + 1)):
                    template = np.zeros((size, size))
                    template[y + dy, x + dx] = 1
                    kinds.append(kind)
                    templates.append(template.ravel())
        CAPTION_FORMS[size] = np.array(kinds), np.stack(templates)
    return CAPTION_FORMS[size]


def read_caption(sample, forms):
    """The nearest colour to the mean of what is lit, the form that overlaps most, the half that its middle is in."""
    brightest = sample.max(2)
    if not np.isfinite(sample).all() or not (brightest > 0).any():
        return [-1, -1, -1], 0, False
    colour, _ = nearest_colour(sample[brightest > 0].astype(np.float64).mean(0), ${pythonList(colours.map(({ channels }) => channels))})
    form, fit = nearest_template(is_lit(brightest), *forms)
    column = np.nonzero(brightest > 0)[1].mean() > (sample.shape[1] - 1) / 2
    return [colour, form, int(column)], fit, fit >= ${NEAR}`;
