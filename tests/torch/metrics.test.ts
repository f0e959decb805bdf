import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { Source } from '@/lib/data/source';
import { dataSources, findSource } from '@/lib/data/sources';
import type { Truth } from '@/lib/data/truth';
import { objectiveNames } from '@/lib/metrics/divergence-bound';
import { nearestRows } from '@/lib/metrics/nearest';
import type { MetricDefinition, NodeDefinition, TensorData } from '@/lib/nodes/define';
import { metricArithmetic } from '@/lib/nodes/metrics/metric-arithmetic';
import { metricAttributes } from '@/lib/nodes/metrics/metric-attributes';
import { metricBound } from '@/lib/nodes/metrics/metric-bound';
import { metricDensityRatio } from '@/lib/nodes/metrics/metric-density-ratio';
import { resolveParams } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import { dataset } from '@/lib/nodes/sources/dataset';
import { extentOf } from '@/lib/nodes/views/extent';
import { shape, sizeOf } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { hasTorch, python } from './python';

/** Each metric that the exported file measures, on the same numbers as here. */
const ROWS = 160;
const truthOf = (source: string, options = {}) =>
  dataset.truth?.(resolveParams(dataset.params.parse({ source, options }), 0)) ?? {};
const ring = truthOf('ring');
/** Data whose modes are unknown: samples are judged by a classifier of it. */
const glyphs = [
  [truthOf('glyphs', { size: 16 }), [16, 16, 1]],
  [truthOf('glyphs'), [28, 28, 1]],
  [truthOf('stacked-glyphs'), [28, 28, 3]],
] as const;

const arrayOf = (data: Float32Array, dims: readonly number[]): string =>
  `np.frombuffer(base64.b64decode("${Buffer.from(data.buffer).toString('base64')}"), "<f4").reshape(${dims.join(', ')})`;

interface Case {
  readonly name: string;
  readonly ours: Readonly<Record<string, number>>;
  readonly program: string;
}

/** What a metric is given in both: `apply` is the network that it asks, as a Python function. */
interface Given {
  readonly params: object;
  readonly inputs: Readonly<Record<string, readonly TensorData[]>>;
  readonly truth?: Truth;
  readonly truths?: Readonly<Record<string, Truth>>;
  readonly apply?: string;
}

const SEED = 3;
const streamOf = () => createStream(SEED, 'metrics');

/** The text that measures in Python; undefined where a metric stays here. */
function programOf({ python: write }: MetricDefinition, given: Given): string | undefined {
  const { params, inputs, truth, truths, apply = 'None' } = given;
  const shapes = Object.fromEntries(
    Object.entries(inputs).map(([port, list]) => {
      const each = list.map(({ dims }) => shape(dims.slice(1)));
      return [port, list.length > 1 ? each : (each[0] as (typeof each)[number])];
    }),
  );
  const text = write?.({
    params: params as never,
    inputs: shapes,
    stream: 'Stream(SEED, "metrics")',
    ...(truth && { truth }),
    ...(truths && { truths }),
  });
  if (!text) return undefined;
  const arrays = Object.entries(inputs).map(
    ([port, each]) => `"${port}": [${each.map(({ data, dims }) => arrayOf(data, dims)).join(', ')}]`,
  );
  return `import base64, json, math, re
import numpy as np
SEED = ${SEED}

${[...new Set(text.helpers)].join('\n\n\n')}

read = {${arrays.join(', ')}}
apply = ${apply}
found = ${text.expression}
print(json.dumps({name: float(value) for name, value in found.items()}))`;
}

const metrics = registry.flatMap((definition: NodeDefinition) =>
  definition.role === 'metric' && definition.python ? [definition as MetricDefinition] : [],
);

/** The examples of a kind, and before the judge of each of the sets above. */
const examplesOf = ({ kind, traits, examples = [] }: MetricDefinition) => {
  const onRing = examples.map((example, i) => ({ example, truth: ring, name: `${kind} ${i}` }));
  if (!traits?.needsTruth?.includes('classes')) return onRing;
  const [first] = examples;
  const judged = glyphs.map(([truth, dims]) => ({
    example: {
      ...first,
      inputs: {
        ...first?.inputs,
        samples: dims,
        ...(first?.inputs.data && { data: dims }),
        ...(first?.inputs.labels && { labels: [10] }),
      },
    },
    truth,
    name: `${kind} of glyphs, ${dims.join(' × ')}`,
  }));
  return [...onRing, ...judged];
};

const cases = metrics.flatMap((definition) =>
  examplesOf(definition).flatMap(({ example, truth, name }): Case[] => {
    const params = resolveParams(definition.params.parse(example.params ?? {}), 0);
    const lists = Object.entries(example.inputs).map(([port, dims]) => {
      const each = (Array.isArray(dims[0]) ? dims : [dims]) as readonly (readonly number[])[];
      return [port, each] as const;
    });
    const read = Object.fromEntries(
      lists.map(([port, each]) => [port, each.map((dims, k) => drawn(`${port}${k}`, dims))]),
    );
    const program = programOf(definition, { params, inputs: read, truth });
    if (program === undefined) return [];
    return [{ name, program, ours: definition.measure({ params, inputs: read, truth, stream: streamOf() }) }];
  }),
);

/** Numbers of the size of the ring, so that some lie in its modes; of b near to those of a. */
function drawn(port: string, dims: readonly number[]): TensorData {
  const stream = createStream('metrics', port === 'b0' ? 'a0' : port);
  const shift = createStream('metrics', 'shift');
  const size = sizeOf(dims);
  const data = Float32Array.from({ length: ROWS * size }, () =>
    Math.max(-1, Math.min(1, 0.6 * stream.normal() + (port === 'b0' ? 0.1 * shift.normal() : 0))),
  );
  if (port === 'samples0' && size === 2) data.set(ringPoints());
  return { data, dims: [ROWS, ...dims], label: port };
}

function ringPoints(): Float32Array {
  const stream = createStream('metrics', 'ring');
  const { x = new Float32Array() } = dataset.draw(
    resolveParams(dataset.params.parse({ source: 'ring' }), 0),
    {
      rows: ROWS / 2,
      index: 0,
      stream: () => stream,
      fixedStream: () => stream,
    },
  );
  return x;
}

/** Sources that read what a sample is: real examples, some of them disturbed, as samples of a generator. */
const readable = dataSources.flatMap((source: Source) => {
  const options = source.options.parse({});
  return source.truth?.(options).read ? [{ id: source.id, options, ports: source.ports(options) }] : [];
});

function seen({ id, options, ports }: (typeof readable)[number]) {
  const rows = 60;
  const drawn = (findSource(id) as Source).draw(options, rows, createStream(SEED, id));
  const noise = createStream(SEED, id, 'noise');
  const of = drawn.target ?? drawn.x;
  // A third as they are, a third with noise, the rest with ink added or lost.
  const data = of.map((value, i) => {
    const row = Math.floor((i * rows) / of.length);
    return value + (row % 3) * 0.25 * noise.normal() + (row % 3 === 2 && noise.uniform() < 0.05 ? 1.5 : 0);
  });
  const tensor = (values: Float32Array, dims: readonly number[]): TensorData[] => [
    { data: values, dims: [rows, ...dims], label: id },
  ];
  return {
    params: metricAttributes.params.parse({ dataset: 'data' }),
    truth: truthOf(id),
    inputs: {
      samples: tensor(data, drawn.target ? (ports.target ?? []) : ports.x),
      ...(drawn.labels && { labels: tensor(drawn.labels, ports.labels ?? []) }),
      ...(drawn.target && { given: tensor(drawn.x, ports.x) }),
    },
  };
}

const attributeCase = (name: string, given: ReturnType<typeof seen>): Case => ({
  name: `metric-attributes of ${name}`,
  ours: metricAttributes.measure({ ...given, stream: streamOf() }),
  program: programOf(metricAttributes, given) ?? '',
});

/** Of shapes the style alone, which has the four labels from the ninth on. */
function styleCase(): Case {
  const given = seen(readable.find(({ id }) => id === 'shapes') as (typeof readable)[number]);
  const [{ data }] = given.inputs.labels as [TensorData];
  const styles = data.filter((_, i) => i % 18 >= 8 && i % 18 < 12);
  return attributeCase('one attribute', {
    ...given,
    params: { ...given.params, only: 'style' },
    inputs: { ...given.inputs, labels: [{ data: styles, dims: [styles.length / 4, 4], label: '' }] },
  });
}

const attributeCases = [...readable.map((source) => attributeCase(source.id, seen(source))), styleCase()];

/** A generator of what is known: of the nearest latent the sample. */
function arithmeticCase(): Case {
  const [rows, width] = [60, 4];
  const stream = createStream(SEED, 'latents');
  const z = Float32Array.from({ length: rows * width }, () => stream.normal());
  const faces = seen(readable.find(({ id }) => id === 'faces') as (typeof readable)[number]).inputs.samples;
  const [{ data, dims }] = faces as [TensorData];
  const size = data.length / rows;
  const generate = (given: Float32Array) => {
    const { index } = nearestRows(given, z, width);
    const made = new Float32Array(index.length * size);
    index.forEach((of, i) => {
      made.set(data.subarray(of * size, (of + 1) * size), i * size);
    });
    return { data: made, dims: [index.length, ...dims.slice(1)], label: '' };
  };
  const params = metricArithmetic.params.parse({ attribute: 'glasses', average: 3, trials: 50 });
  const inputs = { z: [{ data: z, dims: [rows, width], label: 'z' }], samples: faces };
  const truth = truthOf('faces');
  const given = () => ({ params, inputs, truth, stream: streamOf() });
  const again = generate(metricArithmetic.reruns?.rows(given()) ?? new Float32Array());
  const nearest = '((rows[:, None].astype(float) - read["z"][0]) ** 2).sum(2).argmin(1)';
  const apply = `lambda rows: read["samples"][0][${nearest}]`;
  return {
    name: 'metric-arithmetic of faces',
    ours: metricArithmetic.measure({ ...given(), again }),
    program: programOf(metricArithmetic, { params, inputs, truth, apply }) ?? '',
  };
}

/** Pairs of sources whose densities are known, as data and fakes of a discriminator. */
const densePairs: readonly (readonly [string, object, string, object])[] = [
  ['gaussian', { mean: 0.5 }, 'bimodal', {}],
  ['two-gaussians', {}, 'checkerboard', {}],
  ['two-moons', {}, 'two-rings', { sd: 0.1 }],
  ['line', { sd: 0.2 }, 'function', { noise: 0.2 }],
  ['grid', { sd: 0.2 }, 'ring', { sd: 0.1 }],
];

function probedCase(
  definition: MetricDefinition,
  given: object,
  [p, ofP, q, ofQ]: (typeof densePairs)[number],
  scale = 1,
): Case {
  const params = resolveParams(definition.params.parse({ network: 'D', p: 'p', q: 'q', ...given }), 0);
  const truthAt = (source: string, options: object) =>
    dataset.truth?.(resolveParams(dataset.params.parse({ source, options, scale }), 0)) ?? {};
  const truths = { p: truthAt(p, ofP), q: truthAt(q, ofQ) };
  const drawn = (source: string, options: object, port: string): TensorData => {
    const from = findSource(source) as Source;
    const all = from.options.parse(options);
    const { x } = from.draw(all, 512, createStream(SEED, port));
    return { data: x.map((value) => value * scale), dims: [512, ...from.ports(all).x], label: port };
  };
  const inputs = { p: [drawn(p, ofP, 'p')], q: [drawn(q, ofQ, 'q')] };
  const bounds = definition.probes?.extent?.(truths) ?? extentOf([...inputs.p, ...inputs.q]);
  const points = definition.probes?.probe(params).points(bounds) ?? new Float32Array();
  const axes = bounds.length;
  const score = (row: number) =>
    points.subarray(row * axes, (row + 1) * axes).reduce((sum, value) => sum + Math.tanh(value), 0.1);
  const data = Float32Array.from({ length: points.length / axes }, (_, row) =>
    (given as { scores?: string }).scores === 'probabilities' ? 1 / (1 + Math.exp(-score(row))) : score(row),
  );
  const sum = '(0.1 + np.tanh(rows.astype(float)).sum(1))';
  const said = (given as { scores?: string }).scores === 'probabilities' ? `1 / (1 + np.exp(-${sum}))` : sum;
  const output = { data, dims: [data.length, 1], label: 'D' };
  const says = Object.values(given).join(' ');
  return {
    name: `${definition.kind} ${says} of ${p} and ${q}${scale === 1 ? '' : ` × ${scale}`}`,
    ours: definition.measure({ params, inputs: {}, stream: streamOf(), probed: { output, bounds, truths } }),
    program:
      programOf(definition, { params, inputs, truths, apply: `lambda rows: ${said}.astype(np.float32)` }) ??
      '',
  };
}

const ratio = metricDensityRatio as unknown as MetricDefinition;
const bound = metricBound as unknown as MetricDefinition;
const onLine = densePairs[0] as (typeof densePairs)[number];
const probedCases = [
  ...densePairs.map((pair) => probedCase(ratio, {}, pair)),
  probedCase(ratio, { scores: 'probabilities' }, onLine),
  probedCase(ratio, { realTarget: 0.9 }, onLine, 0.5),
  ...objectiveNames.map((objective) => probedCase(bound, { objective, margin: 1.5 }, onLine)),
];

const allCases = [...cases, ...attributeCases, arithmeticCase(), ...probedCases];

/** Results on real examples that no run has seen, which are others there: far less than this apart. */
const isNear = new Map([['nearestError', 0.12]]);

test('there are some', () => {
  expect(metrics.map(({ kind }) => kind)).toContain('metric-modes');
  expect(cases.length).toBeGreaterThan(metrics.length);
  const kinds = registry.flatMap(({ role, kind }) => (role === 'metric' ? [kind] : []));
  for (const kind of kinds) expect(allCases.map(({ name }) => name).join()).toContain(kind);
  expect(metrics).toHaveLength(kinds.length);
  expect(readable.length).toBeGreaterThan(8);
});

describe.runIf(hasTorch)('in Python a metric is what it is here:', () => {
  test.each(allCases)('$name', ({ ours, program }) => {
    const theirs = JSON.parse(execFileSync(python, ['-'], { input: program, encoding: 'utf8' }));
    expect(Object.keys(theirs).sort()).toEqual(Object.keys(ours).sort());
    for (const [name, value] of Object.entries(ours)) {
      const far = Math.abs(theirs[name] - value) / Math.max(1, Math.abs(value));
      expect(far, `${name}: ${theirs[name]} for ${value}`).toBeLessThan(isNear.get(name) ?? 1e-5);
    }
  });
});
