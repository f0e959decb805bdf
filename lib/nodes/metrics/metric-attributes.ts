import * as z from 'zod';
import { pythonExpression, pythonList, pythonMetric } from '@/lib/data/python';
import type { Truth } from '@/lib/data/truth';
import { attributeFigures, valuesOfGroups } from '@/lib/metrics/attributes';
import * as python from '@/lib/metrics/python';
import * as known from '@/lib/metrics/python-known';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem } from '../define';
import { param } from '../params';
import { shapesAt } from '../ports';
import { datasetParam, metricParams } from './common';

/** Samples read by their data set: which value each attribute has, and whether they are what was asked for. */
export const metricAttributes = defineMetric({
  kind: 'metric-attributes',
  role: 'metric',
  title: 'Attributes',
  category: 'Metrics',
  place: ['game'],
  summary:
    'Reads off what samples are (the length of a string, the side a pixel goes to), how often they are legal, and as asked.',
  formula:
    '\\tfrac1n \\#\\{i : x_i \\text{ legal}\\}, \\quad \\min_a \\tfrac1n \\#\\{i : a(x_i) = y_{ia}\\}, \\quad \\min_{a, k} K_a\\, \\hat p(a = k)',
  source: { label: 'Reed et al. 2016', url: 'https://arxiv.org/abs/1605.05396' },
  aliases: ['legal', 'valid', 'grammar', 'string', 'condition', 'distinct', 'variety', 'metric'],
  traits: { needsTruth: ['read'] },
  params: z.strictObject({
    dataset: datasetParam,
    only: param(z.string().max(64).default(''), {
      label: 'Only',
      help: 'The one attribute that is looked at, as the data set names it: “style”. Empty: all of them.',
    }),
    ...metricParams,
  }),
  caption: ({ dataset, only }) => (only ? `${dataset} · ${only}` : dataset).slice(0, 40),
  examples: [
    { params: { dataset: 'data' }, inputs: { samples: [7, 6] }, outputs: {} },
    {
      params: { dataset: 'data', samples: 100 },
      inputs: { samples: [8, 8, 1], labels: [2], given: [8, 8, 1] },
      outputs: {},
    },
    {
      params: { dataset: 'data', only: 'style' },
      inputs: { samples: [32, 32, 3], labels: [4] },
      outputs: {},
    },
  ],
  inputs: () => [
    { name: 'samples', type: 'tensor', help: 'What the generator makes.' },
    {
      name: 'labels',
      type: 'tensor',
      optional: true,
      help: 'The attributes it was asked for: a one-hot group for each, side by side.',
    },
    { name: 'given', type: 'tensor', optional: true, help: 'The x that samples are the target of.' },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const [labels] = shapesAt(inputs, 'labels');
    if (!labels || labels.dims.length === 1) return {};
    return problem({
      code: 'rank-mismatch',
      port: 'labels',
      message: `Labels are one-hot groups side by side, but these are ${formatDims(labels.dims)}.`,
    });
  },
  results: [
    { name: 'legal', label: 'Legal', unit: '%', better: 'higher' },
    { name: 'fit', label: 'Fit', unit: '%', better: 'higher' },
    { name: 'all', label: 'All as asked', unit: '%', better: 'higher' },
    {
      name: 'worst',
      label: 'Worst attribute as asked',
      short: 'Worst attribute',
      unit: '%',
      better: 'higher',
    },
    { name: 'least', label: 'Rarest value, 1 is an equal share', short: 'Rarest value', better: 'higher' },
    { name: 'distinct', label: 'Different legal samples', short: 'Different', better: 'higher' },
  ],
  measure({ params: { only }, inputs, truth }): Record<string, number> {
    const looked = lookedAt(truth, only);
    if (!looked) return {};
    const { read, sizes } = looked;
    const samples = defined(inputs.samples?.[0], 'samples');
    const [labels, given] = [inputs.labels?.[0], inputs.given?.[0]];
    const rowOf = ({ data, dims }: typeof samples, row: number) => {
      const size = sizeOf(dims.slice(1));
      return data.subarray(row * size, (row + 1) * size);
    };
    const readings = Array.from({ length: samples.dims[0] as number }, (_, row) =>
      read(rowOf(samples, row), given && rowOf(given, row)),
    );
    const isAsked = labels && labels.dims[1] === sizes.reduce((sum, size) => sum + size, 0);
    return { ...attributeFigures(readings, sizes, isAsked ? valuesOfGroups(labels.data, sizes) : undefined) };
  },
  python({ params: { only }, inputs, truth }) {
    const looked = lookedAt(truth, only);
    const read = looked?.python;
    if (!read) return undefined;
    const { sizes } = looked;
    const asked = shapesAt(inputs, 'labels')[0]?.dims[0] === sizes.reduce((sum, size) => sum + size, 0);
    const given = shapesAt(inputs, 'given').length > 0 ? 'read["given"][0]' : 'None';
    const wanted = asked ? `values_of_groups(read["labels"][0], ${pythonList(sizes)})` : 'None';
    return pythonMetric(
      `attribute_figures(${read.expression}, read["samples"][0], ${given}, ${pythonList(sizes)}, ${wanted})`,
      ...read.helpers,
      ...[python.flatRows, python.largestOf, known.attributeFigures],
    );
  },
});

/** How samples are read, and how many values each attribute has; undefined where the data set cannot, or has no such one. */
function lookedAt(truth: Truth | undefined, only: string) {
  const attributes = truth?.attributes ?? [];
  const sizes = attributes.map(({ values }) => values.length);
  const [read, python] = [truth?.read?.bind(truth), truth?.python?.read];
  if (!read) return undefined;
  if (!only) return { read, python, sizes };
  const at = attributes.findIndex(({ name }) => name === only);
  if (at < 0) return undefined;
  return {
    read: (...seen: Parameters<typeof read>) => {
      const reading = read(...seen);
      return { ...reading, values: [reading.values[at] as number] };
    },
    python:
      python &&
      pythonExpression(
        `(lambda sample, given: read_one(${python.expression}, ${at}, sample, given))`,
        ...python.helpers,
        readOne,
      ),
    sizes: [sizes[at] as number],
  };
}

const readOne = `def read_one(read, attribute, sample, given):
    """The same of one attribute alone."""
    values, *others = read(sample, given)
    return [values[attribute]], *others`;
