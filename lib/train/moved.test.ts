import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { exampleGraph } from '@/lib/check/testing/graphs';
import { compilePlan, weightKey } from '@/lib/compile/compile';
import type { StateData } from '@/lib/compile/tf/state';
import { makeBlock } from '@/lib/edit/make-block';
import { unpackBlock } from '@/lib/edit/unpack-block';
import type { Graph } from '@/lib/graph/schema';
import { sizeOf } from '@/lib/shapes/shape';
import { fingerprint } from './checkpoint';
import { createRemovedWeights } from './removed-weights';
import { takeUp } from './take-up';

const ring = exampleGraph('ring');
const layers = ['g-dense-1', 'g-act-1', 'g-dense-2'];
const blocked = makeBlock(ring, { nodes: layers, networks: [], wires: [] }, 'Two layers');
const use = blocked.ids[0] as string;

const planOf = (graph: Graph) => compilePlan(checkGraph(graph));

/** Weights and moments of a graph's plan, all of one value. */
function stateOf(graph: Graph, value: number): StateData {
  const plan = planOf(graph);
  const weights = plan.networks.flatMap(({ nodes }) =>
    nodes.flatMap(({ id, weights }) =>
      weights.map(({ name, shape }) => ({ key: weightKey(id, name), shape })),
    ),
  );
  const array = (shape: readonly number[]) => ({
    shape,
    values: new Float32Array(sizeOf(shape)).fill(value),
  });
  return {
    arrays: new Map(
      weights.flatMap(({ key, shape }) => [
        [`weights/${key}`, array(shape)] as const,
        [`moments/adam-g/m/${key}`, array(shape)] as const,
      ]),
    ),
    steps: Object.fromEntries(plan.players.map(({ id }) => [id, value])),
  };
}

const isAll = (state: StateData, value: number) =>
  [...state.arrays.values()].every(({ values }) => values.every((each) => each === value));

test('a block of layers goes on from their weights, and so does what comes out of it', () => {
  const removed = createRemovedWeights();
  const inBlock = removed.fit(stateOf(ring, 1), stateOf(blocked.graph, 0));
  expect([...inBlock.arrays.keys()]).toContain(`weights/${use}:g-dense-1.kernel`);
  expect(inBlock.arrays.size).toBe(stateOf(ring, 1).arrays.size);
  expect(isAll(inBlock, 1)).toBe(true);
  const unpacked = unpackBlock(blocked.graph, use).graph;
  const back = removed.fit(stateOf(blocked.graph, 2), stateOf(unpacked, 0));
  expect(back.arrays.size).toBe(inBlock.arrays.size);
  expect(isAll(back, 2)).toBe(true);
});

test('a kept run whose layers became a block loses none of them', async () => {
  const checkpoint = {
    fingerprint: fingerprint(planOf(ring)),
    counters: { iteration: 7, updates: 14 },
    edits: [],
    data: stateOf(ring, 1),
  };
  const fresh = async () => stateOf(blocked.graph, 0);
  const { change } = await takeUp(checkpoint, planOf(blocked.graph), fresh, createRemovedWeights());
  expect(change).toEqual({ type: 'fitted', anew: [], gone: [] });
});
