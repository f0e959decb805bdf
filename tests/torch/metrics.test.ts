import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { MetricDefinition, NodeDefinition, TensorData } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import { dataset } from '@/lib/nodes/sources/dataset';
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
  /** Random directions are others there. */
  readonly isNear: boolean;
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
    const ports = definition.inputs(params, { network: () => undefined });
    const isMany = (port: string) => ports.some(({ name, many }) => name === port && many);
    const inputs = Object.fromEntries(
      lists.map(([port, each]) => [
        port,
        isMany(port) ? each.map((dims) => shape(dims)) : shape(each[0] ?? []),
      ]),
    );
    const text = definition.python?.({ params, inputs, truth });
    if (!text) return [];
    const read = Object.fromEntries(
      lists.map(([port, each]) => [port, each.map((dims, k) => drawn(`${port}${k}`, dims))]),
    );
    const arrays = Object.entries(read).map(
      ([port, each]) => `"${port}": [${each.map(({ data, dims }) => arrayOf(data, dims)).join(', ')}]`,
    );
    return [
      {
        name,
        ours: definition.measure({ params, inputs: read, truth, stream: createStream('metrics') }),
        program: `import base64, json, math
import numpy as np
SEED = 1

${text.helpers.join('\n\n\n')}

read = {${arrays.join(', ')}}
found = ${text.expression}
print(json.dumps({name: float(value) for name, value in found.items()}))`,
        isNear:
          definition.kind === 'metric-wasserstein' && sizeOf(read.samples?.[0]?.dims.slice(1) ?? []) > 1,
      },
    ];
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

/** Results that need real examples which no run has seen. */
const staysHere = new Set(['nearestError']);

test('there are some', () => {
  expect(metrics.map(({ kind }) => kind)).toContain('metric-modes');
  expect(cases.length).toBeGreaterThan(metrics.length);
  for (const kind of ['metric-frechet', 'metric-kid', 'metric-labels', 'metric-modes', 'metric-code'])
    expect(cases.map(({ name }) => name).join()).toContain(kind);
});

describe.runIf(hasTorch)('in Python a metric is what it is here:', () => {
  test.each(cases)('$name', ({ ours, program, isNear }) => {
    const theirs = JSON.parse(execFileSync(python, ['-'], { input: program, encoding: 'utf8' }));
    const inBoth = Object.entries(ours).filter(([name]) => !staysHere.has(name));
    expect(Object.keys(theirs).sort()).toEqual(inBoth.map(([name]) => name).sort());
    for (const [name, value] of inBoth) {
      const far = Math.abs(theirs[name] - value) / Math.max(1, Math.abs(value));
      expect(far, `${name}: ${theirs[name]} for ${value}`).toBeLessThan(isNear ? 0.1 : 1e-5);
    }
  });
});
