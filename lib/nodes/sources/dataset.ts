import * as z from 'zod';
import type { ImportOptions } from '@/lib/data/files/import-options';
import { importId } from '@/lib/data/files/import-source';
import { indent, type PythonSource, pythonSource } from '@/lib/data/python';
import { type Batch, type Source, splitRange } from '@/lib/data/source';
import { dataSources, findSource, type SourceId } from '@/lib/data/sources';
import { type ClassTruth, scaleTruth } from '@/lib/data/truth';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { type DrawContext, defineSource, problem } from '../define';
import { liveParam, param, type Resolved, valueAt } from '../params';
import { py } from '../torch';
import { rowsOfDraw } from './epochs';
import { poolOf, TEST_SHARE, takeRows } from './pool';
import { dealPython, poolPython } from './pool-python';

const builtIn = z.enum(dataSources.map(({ id }) => id) as [SourceId, ...SourceId[]]);
const oneOfSources = `Expected one of ${builtIn.options.map((id) => `"${id}"`).join(', ')}, or import: and the SHA-256 of a file`;

const fields = z.strictObject({
  source: param(
    z.union([builtIn, z.string().regex(importId, oneOfSources)], { error: oneOfSources }).default('ring'),
    {
      label: 'Source',
      help: 'Which data set: one of these, or “import:” and the SHA-256 of a file (see `ganvas data`).',
    },
  ),
  options: param(z.record(z.string().max(64), z.json()).default({}), {
    label: 'Options',
    help: 'The source’s own parameters.',
    input: 'json',
    fields: ({ source }) => findSource(String(source))?.options,
  }),
  split: param(z.enum(['train', 'test', 'all']).default('all'), {
    label: 'Split',
    help: 'Test is the last fifth of a finite data set, of a file what is held out; train is the rest. Endless data never repeats.',
  }),
  count: param(z.int().min(1).max(1_000_000).nullable().default(null), {
    label: 'Count',
    help: 'Rows of the whole data set, shuffled anew in every epoch. Empty: endless. Of a file: at most so many of the split.',
    step: 100,
  }),
  perClass: param(z.int().min(1).max(100_000).nullable().default(null), {
    label: 'Per class',
    help: 'At most this many rows of each class. Empty: no limit.',
    step: 1,
  }),
  draw: param(
    z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(0),
    {
      label: 'Draw',
      help: 'Which finite data set of this size: each number gives another one. Endless data ignores it.',
      step: 1,
    },
  ),
  scale: liveParam(z.number().min(0.001).max(1_000), 1, {
    label: 'Scale',
    help: 'Multiplies x. What is known of the distribution moves with it.',
    step: 0.1,
  }),
});
type Given = Pick<z.output<typeof fields>, 'source' | 'options'>;

const sourceOf = ({ source }: Given): Source => defined(findSource(source), `the data source ${source}`);

const parsedOptions = new WeakMap<object, Record<string, unknown>>();

/** Options with the source's defaults; they have passed the schema below. */
function optionsOf(given: Given): Record<string, unknown> {
  const found = parsedOptions.get(given.options) ?? sourceOf(given).options.parse(given.options);
  parsedOptions.set(given.options, found);
  return found;
}

/** Rows of a built-in data set. x, labels and target of one draw are the same rows. */
export const dataset = defineSource({
  kind: 'dataset',
  role: 'source',
  signs: { x: 'x', labels: 'y' },
  title: 'Dataset',
  category: 'Sources',
  place: ['game'],
  summary: 'Real examples: what the generator is to imitate.',
  formula: 'x \\sim p_{data}',
  source: { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
  aliases: ['data', 'real', ...dataSources.map(({ id }) => id)],
  params: fields.superRefine((given, context) => {
    const options = findSource(given.source)?.options;
    for (const issue of options?.safeParse(given.options).error?.issues ?? []) {
      if (issue.code !== 'unrecognized_keys') {
        context.addIssue({ code: 'custom', message: issue.message, path: ['options', ...issue.path] });
        continue;
      }
      const known = Object.keys(options?.shape ?? {}).join(', ') || 'none';
      for (const key of issue.keys)
        context.addIssue({
          code: 'custom',
          message: `The source ${given.source} has no option ${key}; its options: ${known}`,
          path: ['options', key],
        });
    }
  }),
  caption: ({ source, options, count, draw }) =>
    [
      importId.test(source) ? String(options.name) : source,
      ...(count === null ? [] : [count]),
      ...(draw === 0 ? [] : [`draw ${draw}`]),
    ].join(' · '),
  examples: [
    { inputs: {}, outputs: { x: [2], labels: [8] } },
    { params: { source: 'gaussian' }, inputs: {}, outputs: { x: [1] } },
    {
      params: { source: 'glyphs', options: { size: 12 }, count: 20, split: 'train', scale: 0.5 },
      inputs: {},
      outputs: { x: [12, 12, 1], labels: [10] },
    },
    {
      params: { source: 'ring', options: { modes: 3 }, perClass: 4 },
      inputs: {},
      outputs: { x: [2], labels: [3] },
    },
  ],
  inputs: () => [],
  outputs: (params) =>
    Object.keys(sourceOf(params).ports(optionsOf(params))).map((name) => ({
      name,
      type: 'tensor',
      help: portHelp[name as keyof typeof portHelp],
    })),
  infer(params) {
    const { perClass, count, split } = params;
    const { labels, ...ports } = sourceOf(params).ports(optionsOf(params));
    if (perClass !== null && !labels)
      return problem({
        code: 'param-conflict',
        message: `The source ${params.source} has no classes, so “per class” means nothing.`,
        fix: { label: 'Clear it', params: { perClass: null } },
      });
    const held = sourceOf(params).held?.rows(optionsOf(params), split);
    if (held && held[0] === held[1])
      return problem({
        code: 'empty-split',
        message: `The ${split} split of ${optionsOf(params).name} holds no row: ${optionsOf(params).heldOut} of ${optionsOf(params).rows} are held out.`,
        hint: 'Hold out another share of the rows.',
        fix: { label: 'Use all rows', params: { split: 'all' } },
      });
    const rows = count ?? (perClass ?? Number.POSITIVE_INFINITY) * (labels?.[0] ?? 1);
    const [from, to] = splitRange(rows, split, TEST_SHARE);
    if (!held && Number.isFinite(rows) && from === to)
      return problem({
        code: 'empty-split',
        message: `The test split is a fifth of the data set: of ${rows} rows it holds none.`,
        hint: 'Use at least 5 rows.',
        fix: { label: 'Use all rows', params: { split: 'all' } },
      });
    const all = labels ? { ...ports, labels } : ports;
    return Object.fromEntries(Object.entries(all).map(([name, dims]) => [name, shape(dims)]));
  },
  draw(params, context) {
    const { x, ...rest } = drawRows(params, context);
    return { x: params.scale === 1 ? x : x.map((value) => value * params.scale), ...rest };
  },
  needs: (params) =>
    importId.test(params.source)
      ? {
          id: params.source,
          options: optionsOf(params) as ImportOptions,
          scale: valueAt(params.scale, 1),
        }
      : undefined,
  truth(params) {
    const truth = sourceOf(params).truth?.(optionsOf(params));
    const classes = classesOf(params);
    const words = sourceOf(params).classes?.(optionsOf(params));
    const dims = sizeOf(sourceOf(params).ports(optionsOf(params)).x);
    return {
      ...scaleTruth(truth ?? {}, params.scale, dims),
      ...(classes && { classes }),
      ...(words && { words }),
    };
  },
  python: pythonOf,
});

function pythonOf(params: Resolved<z.output<typeof fields>>): PythonSource {
  const { count, perClass, draw, split, scale } = params;
  const source = sourceOf(params).python(optionsOf(params));
  if (sourceOf(params).held) {
    const body = `part = (${py(split)}, ${py(count)}, ${py(perClass)}, ${draw})
name = (lambda: None).__qualname__  # of the function around it
${source.body}`;
    return scaled(pythonSource(body, ...source.helpers, dealPython), scale);
  }
  if (count === null && perClass === null) return scaled(source, scale);
  const body = `def endless(rng, rows):
${indent(source.body)}

return deal(pool(endless, ${py(count)}, ${py(perClass)}, ${draw}, "${split}"), rng, rows, index, endless.__qualname__)`;
  return scaled(pythonSource(body, ...source.helpers, poolPython, dealPython), scale);
}

/** Examples of its classes, where the source has some: drawn from all of it, whatever the run gets to see. */
function classesOf(params: Resolved<z.output<typeof fields>>): ClassTruth | undefined {
  const source = sourceOf(params);
  const options = optionsOf(params);
  const { x: dims, labels } = source.ports(options);
  if (!labels || !source.classes) return undefined;
  const { scale } = params;
  return {
    key: JSON.stringify([params.source, options, scale]),
    ...(source.judged === 'channels'
      ? countChannels(labels[0] as number, dims)
      : { count: labels[0] as number }),
    dims,
    draw(rows, stream) {
      const batch = source.draw(options, rows, stream);
      const x = scale === 1 ? batch.x : batch.x.map((value) => value * scale);
      return { x, labels: defined(batch.labels, 'labels') };
    },
    python: () => pythonOf({ ...params, count: null, perClass: null, draw: 0, split: 'all' }),
  };
}

/** All combinations of the channels' classes. */
function countChannels(labels: number, dims: readonly number[]) {
  const channels = dims.at(-1) as number;
  return { count: (labels / channels) ** channels, perChannel: true } as const;
}

const portHelp = {
  x: 'The examples.',
  labels: 'Their classes, one-hot.',
  target: 'The target that belongs to x.',
};

function drawRows(given: Omit<z.output<typeof fields>, 'scale'>, context: DrawContext): Batch {
  const { count, perClass, draw, split } = given;
  const source = sourceOf(given);
  const options = optionsOf(given);
  if (source.held) {
    const places = source.held.places(options, { count, perClass, draw, split });
    return source.held.take(
      options,
      rowsOfDraw(places.length, context).map((row) => places[row] as number),
    );
  }
  if (count === null && perClass === null) return source.draw(options, context.rows, context.stream('rows'));
  const pool = poolOf({ source, options, count, perClass, draw });
  const [from, to] = splitRange(pool.rows, split, TEST_SHARE);
  const rows = rowsOfDraw(to - from, context).map((row) => row + from);
  return takeRows(pool, source, options, rows);
}

/** The same source with x multiplied. */
function scaled({ helpers, body }: PythonSource, scale: number): PythonSource {
  if (scale === 1) return { helpers, body };
  const lines = `def unscaled():
${indent(body)}

drawn = unscaled()
return {**drawn, "x": drawn["x"] * ${scale}}`;
  return { helpers, body: lines };
}
