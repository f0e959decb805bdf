import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { boxOf, overlaps } from './boxes';
import { tidy } from './tidy';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const ring = parsed.graph;

test('a tidied graph has no two cards or frames over each other, and every layer in its frame', async () => {
  const heap = {
    ...ring,
    nodes: ring.nodes.map((node) => ({ ...node, at: [0, 0] as const })),
    networks: ring.networks.map((network) => ({ ...network, at: [0, 0] as const })),
  };
  const after = (await tidy(checkGraph(heap)))(heap);
  const checked = checkGraph(after);
  const top = [...after.networks, ...after.nodes.filter(({ network }) => !network)].map(({ id }) => id);
  for (const [i, a] of top.entries())
    for (const b of top.slice(i + 1)) {
      const [one, other] = [boxOf(checked, a), boxOf(checked, b)];
      expect(one && other && overlaps(one, other), `${a} over ${b}`).toBe(false);
    }
  for (const { id, network } of after.nodes) {
    const [box, frame] = [boxOf(checked, id), network && boxOf(checked, network)];
    if (!box || !frame) continue;
    expect(box.x >= frame.x && box.x + box.width <= frame.x + frame.width).toBe(true);
    expect(box.y >= frame.y && box.y + box.height <= frame.y + frame.height).toBe(true);
  }
});

test('wires lead to the right', async () => {
  const after = (await tidy(checkGraph(ring)))(ring);
  const checked = checkGraph(after);
  for (const [from, to] of [
    ['z', 'fake'],
    ['fake', 'd-fake'],
    ['d-fake', 'loss'],
    ['loss', 'adam-g'],
    ['g-dense-1', 'g-act-1'],
  ] as const)
    expect(boxOf(checked, from)?.x).toBeLessThan(boxOf(checked, to)?.x ?? 0);
});
