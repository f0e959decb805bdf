import { expect, test } from 'vitest';
import { checkGraph } from './check';
import { exampleGraph, ring } from './testing/graphs';
import { turnsAt } from './turns';

const checked = checkGraph(ring);
const turns = turnsAt(checked, []);
const of = (wire: string) =>
  turns.get(ring.wires.findIndex(([from, to]) => `${from} > ${to}` === wire)) ?? [];

test('a wire has its turn with the players whose loss reads it, in the order in which they move', () => {
  // D moves first.
  expect(of('data.x > d-real.x')).toEqual([0]);
  expect(of('fake.x > d-fake.x')).toEqual([0, 1]);
  expect(of('loss.d > adam-d.loss')).toEqual([0]);
  expect(of('loss.g > adam-g.loss')).toEqual([1]);
  expect(of('D.theta > adam-d.theta')).toEqual([0]);
  expect(of('G.theta > adam-g.theta')).toEqual([1]);
});

test('layers have it with the calls of their network, views and metrics never', () => {
  const within = (network: string) =>
    ring.wires.flatMap(([, to], index) => {
      const node = checked.nodes.get(to.split('.')[0] ?? '');
      return node?.node.network === network ? [turns.get(index)] : [];
    });
  expect(within('G').length).toBeGreaterThan(3);
  for (const turn of within('G')) expect(turn).toEqual([0, 1]);
  const shown = ring.wires.flatMap(([, to], index) => {
    const role = checked.nodes.get(to.split('.')[0] ?? '')?.definition?.role;
    return role === 'view' || role === 'metric' ? [turns.get(index)] : [];
  });
  expect(shown.length).toBeGreaterThan(2);
  for (const turn of shown) expect(turn).toBeUndefined();
});

test('wires that lead into blocks, and those inside, have the turns of what they lead to', () => {
  const graph = exampleGraph('cyclegan');
  const plain = checkGraph(graph);
  const turnsOf = (path: readonly string[], wires: typeof graph.wires, end: string) =>
    turnsAt(plain, path).get(wires.findIndex(([, to]) => to === end));
  expect(turnsOf([], graph.wires, 'domain-y.real')).toBeDefined();
  expect(turnsOf([], graph.wires, 'cost-d.y')).toBeDefined();
  const inside = graph.blocks.find(({ id }) => id === 'domain')?.wires ?? [];
  expect(turnsOf(['domain-y'], inside, 'loss.fake')).toBeDefined();
});
