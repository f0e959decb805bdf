import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import type { Truth } from '@/lib/data/truth';
import { addUp, arithmeticFigures, drawSums } from '@/lib/metrics/latent-arithmetic';
import * as python from '@/lib/metrics/python';
import * as known from '@/lib/metrics/python-known';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import type { Stream } from '@/lib/util/random';
import { defineMetric, type ReadInputs, type TensorData } from '../define';
import { networkParams, weightsParam } from '../network/network-params';
import { param } from '../params';
import { datasetParam, metricParams } from './common';

/** Whether attributes can be added and taken away among latents. */
export const metricArithmetic = defineMetric({
  kind: 'metric-arithmetic',
  role: 'metric',
  title: 'Latent arithmetic',
  category: 'Metrics',
  place: ['game'],
  summary:
    'Adds an attribute by a sum of mean latents, a − b + c: of clear samples with it, without it, and alike without it. Reads off whether it came.',
  formula:
    'z = \\tfrac1m \\sum z_{\\text{with}} - \\tfrac1m \\sum z_{\\text{without}} + \\tfrac1m \\sum z_{\\text{alike}}',
  source: { label: 'Radford et al. 2016 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' },
  aliases: ['vector arithmetic', 'glasses', 'latent space', 'attribute', 'edit', 'metric'],
  traits: { needsTruth: ['read'] },
  params: z.strictObject({
    ...networkParams(
      {
        network: 'The generator that made the samples.',
        input: 'The input that takes z.',
        output: 'The output that is a sample.',
      },
      { input: 'z', output: 'x' },
    ),
    weights: weightsParam,
    dataset: datasetParam,
    attribute: param(z.string().max(64).default(''), {
      label: 'Attribute',
      help: 'The value that is added, as the data set names it: “glasses”.',
    }),
    average: param(z.int().min(1).max(100).default(3), {
      label: 'Average m',
      help: 'Latents in each of the three means. One alone brings along what else is special about it.',
      step: 1,
    }),
    trials: param(z.int().min(1).max(2_000).default(500), {
      label: 'Trials',
      help: 'Sums that are tried.',
      step: 100,
    }),
    ...metricParams,
  }),
  caption: ({ network, attribute }) => (network ? `${network} · ${attribute}`.slice(0, 40) : ''),
  examples: [
    {
      params: { network: 'G', dataset: 'data', attribute: 'glasses' },
      inputs: { z: [8], samples: [32, 32, 3] },
      outputs: {},
    },
    {
      params: { network: 'G', dataset: 'data', attribute: 'red', average: 1, trials: 100, samples: 500 },
      inputs: { z: [4], samples: [16, 16, 3] },
      outputs: {},
    },
  ],
  inputs: () => [
    { name: 'z', type: 'tensor', help: 'Latents, as they go into the network.' },
    { name: 'samples', type: 'tensor', help: 'What the network makes of them.' },
  ],
  outputs: () => [],
  infer: () => ({}),
  results: [
    { name: 'hit', label: 'Attribute came', unit: '%', better: 'higher' },
    { name: 'kept', label: 'Other attributes kept', short: 'Others kept', unit: '%', better: 'higher' },
  ],
  reruns: {
    of: ({ network, input, output, weights, trials }) => ({ network, input, output, weights, rows: trials }),
    rows(args) {
      const { z: latents, sums } = sumsOf(args) ?? {};
      return latents && sums && sums.length > 0
        ? addUp(latents.data, sizeOf(latents.dims.slice(1)), sums)
        : undefined;
    },
  },
  measure({ again, ...args }): Record<string, number> {
    const asked = sumsOf(args);
    const after = again && asked && readAll(asked.read, again);
    return after ? { ...arithmeticFigures(asked.before, after, asked.wanted, asked.sums) } : {};
  },
  python({ params: { attribute, average, trials }, truth, stream }) {
    const read = truth?.python?.read;
    const wanted = wantedOf(truth, attribute);
    if (!read || !wanted) return undefined;
    const place = `(${wanted.attribute}, ${wanted.value})`;
    return pythonMetric(
      `latent_arithmetic(${[read.expression, 'read["samples"][0]', 'read["z"][0]', 'apply', place, average, trials, stream].join(', ')})`,
      ...[python.randomNumbers, ...read.helpers, known.latentArithmetic],
    );
  },
});

interface Asked {
  readonly params: { readonly attribute: string; readonly average: number; readonly trials: number };
  readonly inputs: ReadInputs;
  readonly truth?: Truth;
  readonly stream: Stream;
}

/** The same sums whenever the stream is at its start; undefined where the data set knows no such attribute. */
function sumsOf({ params, inputs, truth, stream }: Asked) {
  const read = truth?.read?.bind(truth);
  const wanted = wantedOf(truth, params.attribute);
  if (!read || !wanted) return undefined;
  const before = readAll(read, defined(inputs.samples?.[0], 'samples'));
  const sums = drawSums(before, wanted, params.average, params.trials, stream);
  return { z: defined(inputs.z?.[0], 'z'), read, wanted, before, sums };
}

/** Which attribute has a value of this name. */
const wantedOf = (truth: Truth | undefined, name: string) =>
  (truth?.attributes ?? []).flatMap(({ values }, attribute) => {
    const value = values.indexOf(name);
    return value < 0 ? [] : [{ attribute, value }];
  })[0];

function readAll(read: NonNullable<Truth['read']>, { data, dims }: TensorData) {
  const size = sizeOf(dims.slice(1));
  return Array.from({ length: dims[0] as number }, (_, row) =>
    read(data.subarray(row * size, (row + 1) * size)),
  );
}
