import { expect, test } from 'vitest';
import { parseDocumentValue } from '@/lib/check/parse';
import { moveNodes } from '@/lib/edit/move';
import ringJson from '@/lib/examples/ring.json';
import { endsOf } from '@/lib/graph/schema';
import { findMisplaced, reparentDropped } from './reparent-dropped';

const parsed = parseDocumentValue(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;
const node = (graph: typeof ring, id: string) => graph.nodes.find((item) => item.id === id);
const drag = (id: string, to: readonly [number, number]) =>
  reparentDropped(moveNodes(ring, new Map([[id, to]])), [id]);

test('a layer dragged within its frame stays in it, wires and all', () => {
  const after = drag('g-dense-1', [300, 60]);
  expect(node(after, 'g-dense-1')).toMatchObject({ network: 'G', at: [300, 60] });
  expect(after.wires).toBe(ring.wires);
});

test('a layer dragged over another frame belongs to that one, at the same place on the canvas', () => {
  const [above = 0, below = 0] = ring.networks.map(({ at }) => at[1]);
  const after = drag('g-dense-1', [120, 50 + below - above]);
  expect(node(after, 'g-dense-1')).toMatchObject({ network: 'D', at: [120, 50] });
  expect(after.wires.some((wire) => endsOf(wire).some((end) => end.startsWith('g-dense-1.')))).toBe(false);
});

test('a layer dragged out of its frame is misplaced, an op of the game is not', () => {
  const out = drag('g-dense-1', [120, -300]);
  expect(node(out, 'g-dense-1')?.network).toBeUndefined();
  expect(findMisplaced(out, ['g-dense-1'])).toEqual(['g-dense-1']);
  const op = drag('g-act-1', [120, -300]);
  expect(findMisplaced(op, ['g-act-1'])).toEqual([]);
});

test('a loss dragged over a frame stays in the game', () => {
  expect(node(drag('loss', [400, (ring.networks[1]?.at[1] ?? 0) + 64]), 'loss')?.network).toBeUndefined();
});

test('layers that move with their frame stay in it', () => {
  const moved = moveNodes(ring, new Map([['G', [0, 5_000]]]));
  expect(reparentDropped(moved, ['G', 'g-dense-1'])).toBe(moved);
});
