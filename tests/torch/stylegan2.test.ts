import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { fromTorchState } from '@/lib/export/torch-state';
import type { Graph } from '@/lib/graph/schema';
import { sizeOf } from '@/lib/shapes/shape';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';

/** What stylegan2.py found with the authors' code. */
interface Reference {
  readonly weights: readonly {
    readonly name: string;
    readonly dims: readonly number[];
    readonly scale: number;
  }[];
  /** By latent. */
  readonly z: readonly (readonly number[])[];
  readonly w: readonly (readonly number[])[];
  readonly image: readonly (readonly number[])[];
}

const reference: Reference = JSON.parse(readFileSync(new URL('./stylegan2.json', import.meta.url), 'utf8'));

/** The numbers of stylegan2.py. */
function numbers(index: number, count: number): Float32Array {
  let state = index;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((2 * state) / 2 ** 32 - 1) * Math.sqrt(3);
  });
}

const tensors = new Map(
  reference.weights.map(({ name, dims, scale }, i) => [
    name,
    { dims, values: numbers(i + 1, sizeOf(dims)).map((value) => value * scale) },
  ]),
);

/** The example with one latent for all, without an average and its tanh, which the authors do not have. */
const withLatent = (graph: Graph, z: readonly number[]): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => {
    if (node.id === 'z') return { ...node, kind: 'constant', params: { shape: [z.length], value: [...z] } };
    if (node.id === 'g-tanh') return { ...node, state: 'bypassed' as const };
    return node.id === 'average' || node.id === 'style-averaged'
      ? { ...node, params: { ...node.params, weights: 'live', mode: 'eval' } }
      : node;
  }),
});

const largest = (found: ArrayLike<number>, expected: readonly number[]): number =>
  Math.max(...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value))) /
  Math.max(...expected.map(Math.abs));

test('mapping and synthesis are the authors’: the same styles and images to 1e-4 of the largest number', async () => {
  const engine: Engine = await startBackend('wasm');
  for (const [i, z] of reference.z.entries()) {
    const plan = planOf(withLatent(loadExample('stylegan2'), z));
    const game = createGame(engine.tf, plan);
    const { arrays, problems } = fromTorchState(plan, { tensors, converted: new Map(), skipped: [] });
    expect(problems.filter(({ severity }) => severity !== 'info').map(({ message }) => message)).toEqual([]);
    game.writeState({ arrays, steps: {} });
    const refs = [
      { node: 'style-averaged', port: 'w' },
      { node: 'average', port: 'image' },
    ];
    const found = await game.read(refs, 1);
    const dataOf = (key: string) => defined(found.get(key), key).data;
    const [w, image] = [defined(reference.w[i], 'w'), defined(reference.image[i], 'image')];
    expect(largest(dataOf('style-averaged.w'), w)).toBeLessThan(1e-4);
    expect(largest(dataOf('average.image'), image)).toBeLessThan(1e-4);
    game.dispose();
  }
  engine.dispose();
});
