import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { emptyGraph } from '@/lib/graph/schema';
import {
  type Checkpoint,
  decodeCheckpoint,
  digestOf,
  encodeCheckpoint,
  findNonFinite,
  fingerprint,
} from './checkpoint';
import { loadExample, planOf, withParams } from './testing/train';

const checkpoint: Checkpoint = {
  fingerprint: 'abc',
  counters: { iteration: 7, updates: 14 },
  edits: [{ iteration: 3, path: 'adam-g.learningRate', value: 0.001 }],
  data: {
    arrays: new Map([
      ['weights/a.kernel', { shape: [2, 2], values: Float32Array.of(1, -2, 3.5, 0) }],
      ['buffers/b.mean', { shape: [1], values: Float32Array.of(0.25) }],
    ]),
    steps: { 'adam-g': 7 },
  },
};

describe('checkpoint', () => {
  test('comes back from bytes as it was', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual({ ok: true, checkpoint });
  });

  test('comes back from a Buffer that is a window into a larger one', () => {
    const bytes = encodeCheckpoint(checkpoint);
    const window = Buffer.concat([Buffer.from('abc'), bytes]).subarray(3);
    expect(decodeCheckpoint(window)).toEqual({ ok: true, checkpoint });
  });

  test('any damaged, cut or foreign bytes are refused with a reason, never with an exception', () => {
    const bytes = encodeCheckpoint(checkpoint);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const damaged = bytes.slice();
        damaged[position] = ((damaged[position] ?? 0) + change) % 256;
        const decoded = decodeCheckpoint(damaged);
        expect(decoded).toMatchObject({ ok: false, reason: expect.stringMatching(/checkpoint/) });
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(decodeCheckpoint(bytes.slice(0, length)).ok).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (junk) => {
        expect(decodeCheckpoint(junk).ok).toBe(false);
      }),
    );
  });

  test('a checkpoint that was kept by an older version still fits its game', () => {
    const bare = { inputs: {}, inputShapes: {}, outputShapes: {}, many: [], weights: [], buffers: [] };
    const plan: Plan = {
      format: 1,
      settings: { ...emptyGraph().settings, seed: 3, iterations: 77 },
      networks: [
        {
          id: 'G',
          name: 'Generator',
          inputs: [],
          outputs: [],
          nodes: [{ id: 'a', kind: 'dense', params: { units: 4 }, ...bare }],
        },
      ],
      game: [],
      averagings: [],
      players: [
        {
          id: 'adam-g',
          kind: 'adam',
          params: { learningRate: 0.1, beta1: 0.5 },
          loss: { node: 'loss', port: 'g' },
          networks: ['G'],
          frozen: false,
        },
      ],
      views: [],
      metrics: [],
      calls: [],
    };
    expect(fingerprint(plan)).toBe('a4b9afa53a543733');
  });

  test('the digest is of the weights alone', () => {
    const other = { ...checkpoint.data, arrays: new Map(checkpoint.data.arrays) };
    other.arrays.set('buffers/b.mean', { shape: [1], values: Float32Array.of(9) });
    expect(digestOf(other)).toBe(digestOf(checkpoint.data));
    other.arrays.set('weights/a.kernel', { shape: [2, 2], values: Float32Array.of(1, -2, 3.5, 1) });
    expect(digestOf(other)).not.toBe(digestOf(checkpoint.data));
  });

  test('finds values that are not finite', () => {
    expect(findNonFinite(checkpoint.data)).toBeUndefined();
    const arrays = new Map([['weights/x', { shape: [2], values: Float32Array.of(0, Number.NaN) }]]);
    expect(findNonFinite({ arrays, steps: {} })).toBe('weights/x');
  });

  test('live parameters, the target and names leave the fingerprint; structure, seed and batch do not', () => {
    const graph = loadExample('ring');
    const of = (changed: typeof graph) => fingerprint(planOf(changed));
    const own = of(graph);
    expect(of(withParams(graph, { 'adam-g': { learningRate: 0.5 } }))).toBe(own);
    expect(of(loadExample('ring', { iterations: 77 }))).toBe(own);
    expect(of({ ...graph, networks: graph.networks.map((network) => ({ ...network, name: 'N' })) })).toBe(
      own,
    );
    expect(of(loadExample('ring', { seed: 2 }))).not.toBe(own);
    expect(of(loadExample('ring', { batchSize: 8 }))).not.toBe(own);
    expect(of(withParams(graph, { 'g-dense-1': { units: 64 } }))).not.toBe(own);
    expect(of(withParams(graph, { 'adam-g': { beta1: 0 } }))).not.toBe(own);
  });
});
