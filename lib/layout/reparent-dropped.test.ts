import { expect, test } from 'vitest';
import { parseDocumentValue } from '@/lib/check/parse';
import { moveNodes } from '@/lib/edit/move';
import ringJson from '@/lib/examples/ring.json';
import { endsOf } from '@/lib/graph/schema';
import { overlaps } from './boxes';
import { topLevelBoxes } from './make-room';
import { findMisplaced, reparentDropped, takeOut } from './reparent-dropped';

const parsed = parseDocumentValue(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;
const node = (graph: typeof ring, id: string) => graph.nodes.find((item) => item.id === id);
const drag = (id: string, to: readonly [number, number], mayLeave = true) =>
  reparentDropped(moveNodes(ring, new Map([[id, to]])), [id], mayLeave);

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

test('a layer stays in its frame unless it is let out; then its neighbours are wired to each other', () => {
  const held = drag('g-act-1', [120, -300], false);
  expect(node(held, 'g-act-1')?.network).toBe('G');
  expect(held.wires).toBe(ring.wires);
  const out = drag('g-act-1', [120, -300]);
  expect(out.wires).toContainEqual(['g-dense-1.out', 'g-dense-2.in']);
  expect(out.wires).toHaveLength(ring.wires.length - 1);
});

test('a node of the game goes into a frame only where it loses no wire', () => {
  const op = (wires: typeof ring.wires) => ({
    ...ring,
    nodes: [...ring.nodes, { id: 'op', kind: 'relu', at: ring.networks[0]?.at ?? [0, 0], params: {} }],
    wires: [...ring.wires, ...wires],
  });
  expect(node(reparentDropped(op([]), ['op']), 'op')?.network).toBe('G');
  const wired = op([['z.out', 'op.in']]);
  expect(reparentDropped(wired, ['op'])).toBe(wired);
  expect(node(reparentDropped(wired, ['op'], true), 'op')?.network).toBe('G');
});

test('a layer is taken out by command to a free place, its neighbours wired to each other', () => {
  const out = takeOut(ring, ['g-act-1', 'loss']);
  expect(node(out, 'g-act-1')?.network).toBeUndefined();
  expect(node(out, 'loss')?.at).toEqual(node(ring, 'loss')?.at);
  expect(out.wires).toContainEqual(['g-dense-1.out', 'g-dense-2.in']);
  const boxes = topLevelBoxes(out);
  const own = boxes.get('g-act-1');
  const covered = [...boxes].filter(([id, box]) => id !== 'g-act-1' && own && overlaps(own, box));
  expect([own, covered]).toEqual([own, []]);
});

test('layers that move with their frame stay in it', () => {
  const moved = moveNodes(ring, new Map([['G', [0, 5_000]]]));
  expect(reparentDropped(moved, ['G', 'g-dense-1'])).toBe(moved);
});
