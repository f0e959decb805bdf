import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { type Checkpoint, fingerprint } from '@/lib/train/checkpoint';
import { loadExample, planOf, withParams } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { encodeSafetensors } from './safetensors';
import { stateEntriesOf } from './state-entries';
import type { NamedTensor } from './tensors';
import { encodeTyped } from './testing/typed-file';
import { toTorchState } from './torch-state';
import { encodeWeightsFile, type OpenedWeights, openWeightsFile } from './weights-file';

const graph = loadExample('ring');
const plan = planOf(graph);

/** Every weight of its own: 0.5, 1.5 and so on, at iteration 120. */
const checkpoint: Checkpoint = {
  fingerprint: fingerprint(plan),
  counters: { iteration: 120, updates: 240 },
  edits: [],
  data: {
    arrays: new Map(
      stateEntriesOf(plan).flatMap(({ group, key, dims, average }, i) => {
        const size = dims.reduce((product, dim) => product * dim, 1);
        const one = { shape: dims, values: Float32Array.from({ length: size }, (_, at) => i + at / size) };
        const names = [`${group}/${key}`, ...(average === undefined ? [] : [`averages/${key}`])];
        return names.map((name) => [name, one] as const);
      }),
    ),
    steps: {},
  },
};

const opened = (result: OpenedWeights) => {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
};
const codes = (result: OpenedWeights) => (result.ok ? [] : result.diagnostics.map(({ code }) => code));

/** What PyTorch would write: the same names, no document. */
const fromPytorch = (change: (tensors: Map<string, NamedTensor>) => void = () => {}) => {
  const tensors = new Map(toTorchState(plan, checkpoint.data.arrays));
  change(tensors);
  return encodeSafetensors(tensors, { iteration: '7', updates: '14' });
};

test('graph and weights in one file open again as both', () => {
  const bytes = defined(encodeWeightsFile(graph, checkpoint), 'a file');
  const back = opened(openWeightsFile(bytes, emptyGraph()));
  expect(back.graph).toEqual(graph);
  expect(back).toMatchObject({ isOwn: true, fitted: back.wanted, problems: [] });
  expect(back.checkpoint.counters).toEqual(checkpoint.counters);
  expect(back.checkpoint.fingerprint).toBe(checkpoint.fingerprint);
  expect(back.checkpoint.data.arrays).toEqual(checkpoint.data.arrays);
});

test('weights of another graph are not saved with this one', () => {
  expect(encodeWeightsFile(graph, { ...checkpoint, fingerprint: 'other' })).toBeUndefined();
});

describe('weights alone', () => {
  test('are those of the open document, by name and shape', () => {
    const back = opened(openWeightsFile(fromPytorch(), graph));
    expect(back).toMatchObject({ isOwn: false, problems: [], fitted: back.wanted });
    expect(back.graph).toBe(graph);
    expect(back.checkpoint.counters).toEqual({ iteration: 7, updates: 14 });
    expect(back.checkpoint.data.arrays).toEqual(checkpoint.data.arrays);
  });

  test('fit in part: what does not is said with both shapes', () => {
    const wide = withParams(graph, { 'g-dense-1': { units: 64 } });
    const back = opened(openWeightsFile(fromPytorch(), wide));
    expect(back.wanted - back.fitted).toBe(6);
    const [first] = back.problems;
    expect(first).toMatchObject({ code: 'weights-shape', node: 'g-dense-1' });
    expect(first?.message).toContain('[128, 2] in the file, [64, 2] in this graph');
  });

  test('with a hundred thousand strangers are reported in few lines', () => {
    const bytes = fromPytorch((tensors) => {
      for (let i = 0; i < 90_000; i++) tensors.set(`x${i}`, { dims: [0], values: new Float32Array() });
    });
    const { problems } = opened(openWeightsFile(bytes, graph));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.message).toBe('And 89980 more.');
  });

  test('that hold NaN are left out by name', () => {
    const bytes = fromPytorch((tensors) =>
      tensors.set('Generator.g_dense_4.bias', { dims: [2], values: Float32Array.of(1, Number.NaN) }),
    );
    expect(opened(openWeightsFile(bytes, graph)).problems).toMatchObject([
      { code: 'weights-not-finite', node: 'g-dense-4' },
    ]);
  });
});

describe('is refused with a reason:', () => {
  const broken: Graph = { ...graph, wires: graph.wires.filter(([, to]) => to !== 'fake.z') };
  test.each([
    ['a text', new TextEncoder().encode('{"format": "ganvas"}'), graph, 'weights-unreadable'],
    ['weights of nothing here', fromPytorch(), emptyGraph(), 'weights-nothing-fits'],
    ['weights for a graph with errors', fromPytorch(), broken, 'weights-need-graph'],
    ['a document that is none', encodeSafetensors(new Map(), { ganvas: '{}' }), graph, 'not-a-graph'],
    [
      'a bomb of a document',
      encodeSafetensors(new Map(), { ganvas: '['.repeat(1e5) }),
      graph,
      'document-too-deep',
    ],
  ])('%s', (_, bytes, open, code) => {
    expect(codes(openWeightsFile(bytes, open))).toContain(code);
  });

  test('counters that are no counts are taken for none', () => {
    const bytes = encodeSafetensors(toTorchState(plan, checkpoint.data.arrays), {
      iteration: '1e300',
      updates: '-4',
    });
    expect(opened(openWeightsFile(bytes, graph)).checkpoint.counters).toEqual({ iteration: 1, updates: 1 });
  });

  test('damage anywhere opens or is refused, and never throws', () => {
    const whole = defined(encodeWeightsFile(graph, checkpoint), 'a file').subarray(0, 20_000);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        expect(typeof openWeightsFile(bytes, graph).ok).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });
});

describe('what was done to a file so that it fits is said:', () => {
  test('types and names', () => {
    const file = encodeTyped(toTorchState(plan, checkpoint.data.arrays), { type: 'F64', start: 'module.' });
    const back = opened(openWeightsFile(file, graph));
    expect(back).toMatchObject({ problems: [], fitted: back.wanted });
    expect(back.notes).toEqual([
      '24 tensors of F64 became float32.',
      '1 tensor of I64, such as module.norm.num_batches_tracked, left out.',
      '“module.” before the names was left out.',
    ]);
    expect(back.checkpoint.data.arrays).toEqual(checkpoint.data.arrays);
  });

  test('nothing where nothing was done', () => {
    expect(opened(openWeightsFile(fromPytorch(), graph)).notes).toEqual([]);
  });
});
