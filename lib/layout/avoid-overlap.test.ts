import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { sketch } from '@/lib/check/testing/graphs';
import { makeNetworkAround } from '@/lib/edit/make-network';
import { avoidOverlap } from './avoid-overlap';
import { boxOf, overlaps } from './boxes';
import { insertAfter } from './insert';

const crowded = sketch({
  nodes: [
    { id: 'data', kind: 'dataset', at: [0, 0] },
    { id: 'z', kind: 'latent', at: [0, 120] },
    { id: 'layer', kind: 'dense', at: [0, 180] },
  ],
});

test('a network that is made among cards hides none of them', () => {
  const { graph } = avoidOverlap(makeNetworkAround(crowded, ['layer']));
  const checked = checkGraph(graph);
  const boxes = ['data', 'z', 'Network', 'Network-call'].map((id) => boxOf(checked, id));
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) expect(a && b && overlaps(a, b)).toBe(false);
  });
});

test('a new network shows its wires, and has room within its edges', () => {
  const { graph } = avoidOverlap(makeNetworkAround(crowded, ['layer']));
  const checked = checkGraph(graph);
  const frame = boxOf(checked, 'Network');
  const [input, layer, output] = ['Network-in', 'layer', 'Network-out'].map((id) => boxOf(checked, id));
  if (!frame || !input || !layer || !output) throw new Error('a card is missing');
  expect(layer.x - input.x - input.width).toBeGreaterThanOrEqual(24);
  expect(output.x - layer.x - layer.width).toBeGreaterThanOrEqual(24);
  expect(frame.x + frame.width - output.x - output.width).toBeGreaterThanOrEqual(12);
});

test('what cannot stand in a network is not put over one', () => {
  const { graph } = avoidOverlap(makeNetworkAround(crowded, ['layer']));
  const frame = boxOf(checkGraph(graph), 'Network');
  const middle = [(frame?.x ?? 0) + 150, (frame?.y ?? 0) + 20] as const;
  const added = insertAfter(graph, undefined, { kind: 'adam', at: middle });
  const box = boxOf(checkGraph(added.graph), added.ids[0] ?? '');
  expect(box && frame && overlaps(box, frame)).toBe(false);
});
