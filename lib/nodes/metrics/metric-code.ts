import * as z from 'zod';
import { pythonMetric } from '@/lib/data/python';
import { contingencyOf, entropyOf, largestOf } from '@/lib/metrics/classes';
import { matchLargest } from '@/lib/metrics/matching';
import * as python from '@/lib/metrics/python';
import * as known from '@/lib/metrics/python-known';
import { formatDims, sameDims } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { defineMetric, problem, type TensorData } from '../define';
import { param } from '../params';
import { shapesAt } from '../ports';
import { everyCaption, metricParams } from './common';

const params = z.strictObject({
  scores: param(z.enum(['logits', 'probabilities']).default('logits'), {
    label: 'Scores',
    help: 'What the recovered code is: numbers before a softmax, or probabilities after it.',
  }),
  ...metricParams,
});

/** What a categorical code says of samples: how much of it can be read back, and whether it is the class. */
export const metricCode = defineMetric({
  kind: 'metric-code',
  role: 'metric',
  title: 'Code',
  category: 'Metrics',
  place: ['game'],
  summary:
    'How much of a categorical code is recovered from samples, and how well codes match classes one to one.',
  formula:
    'L_I = \\overline{\\ln Q(c \\mid x)} + H(c), \\quad \\max_\\pi \\tfrac1n \\#\\{i : \\pi(\\hat c_i) = y_i\\}',
  source: { label: 'Chen et al. 2016 (InfoGAN)', url: 'https://arxiv.org/abs/1606.03657' },
  aliases: ['infogan', 'mutual information', 'disentangle', 'hungarian', 'cluster', 'metric'],
  params,
  caption: everyCaption,
  examples: [
    { inputs: { code: [8], recovered: [8] }, outputs: {} },
    { params: { scores: 'probabilities' }, inputs: { recovered: [10], labels: [8] }, outputs: {} },
  ],
  inputs: () => [
    {
      name: 'code',
      type: 'tensor',
      optional: true,
      help: 'The code that the samples were made from, one-hot. Without it there is no information.',
    },
    { name: 'recovered', type: 'tensor', help: 'Q’s score for each class of the code, on the same rows.' },
    {
      name: 'labels',
      type: 'tensor',
      optional: true,
      help: 'True classes of the same rows, one-hot, where Q looks at real data; else the code is matched.',
    },
  ],
  outputs: () => [],
  infer(_, inputs) {
    const [code] = shapesAt(inputs, 'code');
    const [recovered] = shapesAt(inputs, 'recovered');
    const [labels] = shapesAt(inputs, 'labels');
    if (!code && !labels)
      return problem({
        code: 'missing-input',
        message: 'Code has nothing to compare with: wire the code, or labels of real data.',
      });
    for (const [port, shape] of Object.entries({ recovered, code, labels }))
      if (shape && shape.dims.length !== 1)
        return problem({
          code: 'rank-mismatch',
          port,
          message: `Code compares classes, one-hot vectors, but ${port} is ${formatDims(shape.dims)}.`,
        });
    if (!code || !recovered || sameDims(code.dims, recovered.dims)) return {};
    return problem({
      code: 'shape-mismatch',
      port: 'recovered',
      message: `The code has ${code.dims[0]} classes, ${recovered.dims[0]} are recovered.`,
      hint: `Let Q end with ${code.dims[0]} numbers.`,
    });
  },
  results: [
    {
      name: 'information',
      label: 'Information recovered',
      short: 'Information',
      unit: 'nats',
      better: 'higher',
    },
    { name: 'accuracy', label: 'Matched accuracy', unit: '%', better: 'higher' },
  ],
  measure({ params: { scores }, inputs }) {
    const recovered = defined(inputs.recovered?.[0], 'recovered');
    const code = inputs.code?.[0];
    const truth = defined(inputs.labels?.[0] ?? code, 'code or labels');
    return {
      ...(code && { information: informationOf(code, recovered, scores) }),
      accuracy: matchedAccuracy(truth, recovered),
    };
  },
  python({ params: { scores }, inputs }) {
    const given = (port: string) => (shapesAt(inputs, port).length > 0 ? `read["${port}"][0]` : 'None');
    return pythonMetric(
      `code_figures(read["recovered"][0], ${given('code')}, ${given('labels')}, ${scores === 'logits' ? 'True' : 'False'})`,
      ...[python.flatRows, python.largestOf, python.contingency, known.codeFigures],
    );
  },
});

/** Mean of ln Q(c | x) plus the entropy of the codes that were drawn, in nats: a lower bound of I(c; x). */
function informationOf(code: TensorData, recovered: TensorData, scores: 'logits' | 'probabilities'): number {
  const classes = code.dims[1] as number;
  const drawn = largestOf(code.data, classes);
  const counts = new Array<number>(classes).fill(0);
  let total = 0;
  drawn.forEach((k, row) => {
    counts[k] = (counts[k] as number) + 1;
    const given = recovered.data.subarray(row * classes, (row + 1) * classes);
    total += scores === 'logits' ? logSoftmaxAt(given, k) : Math.log(Math.max(1e-12, given[k] as number));
  });
  return total / drawn.length + entropyOf(counts);
}

function logSoftmaxAt(logits: Float32Array, k: number): number {
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sum = logits.reduce((total, value) => total + Math.exp(value - most), 0);
  return (logits[k] as number) - most - Math.log(sum);
}

/** Share of rows that are right when recovered classes are named by the best one-to-one matching. */
function matchedAccuracy(truth: TensorData, recovered: TensorData): number {
  const [found, known] = [recovered.dims[1] as number, truth.dims[1] as number];
  const rows = largestOf(recovered.data, found);
  const table = contingencyOf(rows, largestOf(truth.data, known), [found, known]);
  return matchLargest(table).total / rows.length;
}
