import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { moveNodes, resize } from './move';
import { rebase } from './rebase';
import { setNetwork, setParams } from './set';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;

test('what was moved or resized has the check that it would be given', () => {
  const places = new Map([
    ['g-dense-2', [7, 9] as const],
    ['G', [70, 90] as const],
  ]);
  const moved = resize(moveNodes(ring, places), 'D', [700, 300]);
  expect(rebase(checkGraph(ring), moved)).toEqual(checkGraph(moved));
});

test('what has changed otherwise is checked anew', () => {
  const checked = checkGraph(ring);
  for (const graph of [
    setParams(ring, 'g-dense-2', { units: 3 }),
    setNetwork(ring, 'G', { name: 'Another' }),
    { ...ring, wires: ring.wires.slice(1) },
    { ...ring, nodes: ring.nodes.slice(1) },
    { ...ring, settings: { ...ring.settings, batchSize: 7 } },
  ])
    expect(rebase(checked, graph)).toBeUndefined();
});
