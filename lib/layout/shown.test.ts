import { expect, test } from 'vitest';
import { makeGraph } from '@/bench/canvas/graph';
import { checkGraph } from '@/lib/check/check';
import { endsOf, type Graph, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { cardsIn, layOut } from './layout';
import { nothingShown, type Shown, seen, showNext, type Viewport } from './shown';

const graph: Graph = makeGraph(2_000);
const checked = checkGraph(graph);
const layout = layOut(graph, checked, true);
const near: Viewport = { x: -200, y: -1_300, zoom: 1, width: 900, height: 600 };
const far: Viewport = { ...near, zoom: 0.1 };

/** Frame after frame until nothing is to come. */
function settled(from: Shown, viewport: Viewport): { shown: Shown; frames: number } {
  let shown = from;
  for (let frames = 1; frames < 500; frames++) {
    shown = showNext(shown, layout, viewport);
    if (shown.complete) return { shown, frames };
  }
  throw new Error('never complete');
}

test('from afar no card is an element; near, those in view come a few at a time', () => {
  expect(showNext(nothingShown, layout, far)).toBe(nothingShown);
  const first = showNext(nothingShown, layout, near);
  const inView = cardsIn(layout, seen(near)).length;
  expect(inView).toBeGreaterThan(40);
  expect(first.complete).toBe(false);
  const { shown, frames } = settled(first, near);
  expect(frames).toBeGreaterThan(1);
  for (const item of cardsIn(layout, seen(near))) expect(shown.nodes).toContain(layout.ids[item]);
  expect(shown.nodes.size).toBeLessThan(2 * inView);
});

test('every wire that crosses the view is shown, with both its ends', () => {
  const { shown } = settled(nothingShown, near);
  expect(shown.wires.size).toBeGreaterThan(0);
  for (const index of shown.wires)
    for (const end of endsOf(graph.wires[index] as Wire)) {
      const { id } = splitEndpoint(end);
      expect(shown.nodes.has(id) || graph.networks.some((network) => network.id === id)).toBe(true);
    }
});

test('the same view gives the same object, and between the two zooms it stays as it was', () => {
  const { shown } = settled(nothingShown, near);
  expect(showNext(shown, layout, near)).toBe(shown);
  const between = { ...near, zoom: 0.45 };
  expect(showNext(shown, layout, between).far).toBe(false);
  expect(showNext(nothingShown, layout, between).far).toBe(true);
});

test('what is given to React Flow does not grow with the document', () => {
  const large = makeGraph(6_000);
  const theirs = layOut(large, checkGraph(large), true);
  let shown: Shown = nothingShown;
  for (let i = 0; i < 200; i++) shown = showNext(shown, theirs, near);
  expect(shown.complete).toBe(true);
  expect(shown.nodes.size).toBeLessThan(1.2 * settled(nothingShown, near).shown.nodes.size);
});
