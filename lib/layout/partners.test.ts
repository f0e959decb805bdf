import { expect, test } from 'vitest';
import { addNetwork } from '@/lib/edit/add-network';
import { checkedOf } from '@/lib/edit/checked-of';
import { setParams } from '@/lib/edit/set';
import { emptyGraph, type Graph } from '@/lib/graph/schema';
import { boxOf, overlaps } from './boxes';
import { callNetwork } from './call-network';
import { insertIntoWire, insertNode } from './insert';
import { topLevelBoxes } from './make-room';

/** Two networks, noise and data, as a person would put them down; each has one layer of some units. */
function start(): Graph {
  let graph = addNetwork(emptyGraph(), [0, 300]).graph;
  graph = addNetwork(graph, [0, 460]).graph;
  for (const [i, units] of [2, 1].entries()) {
    const [x = 0, y = 0] = graph.networks[i]?.at ?? [];
    const added = insertNode(graph, { kind: 'dense', at: [x + 150, y + 60] });
    const [id = ''] = added.ids;
    const wire = graph.wires.findIndex(([from]) => from.startsWith(`${graph.networks[i]?.id}-x`));
    graph = setParams(insertIntoWire(added.graph, wire, id), id, { units });
  }
  graph = insertNode(graph, { kind: 'latent', at: [0, 0] }).graph;
  return insertNode(graph, { kind: 'dataset', at: [0, 120] }).graph;
}

const output = (id: string, port: string) => ({ id, port, side: 'output' }) as const;

test('a game is wired by its main wires alone: calls, the other score, θ', () => {
  let graph = start();
  const [g = '', d = ''] = graph.networks.map(({ id }) => id);
  const call = (network: string, id: string, port: string) => {
    const made = callNetwork(graph, network, output(id, port));
    graph = made.graph;
    return made.ids[0] as string;
  };
  const add = (kind: string, id: string, port: string) => {
    const made = insertNode(graph, { kind, at: [700, 0], from: output(id, port) });
    graph = made.graph;
    return made.ids[0] as string;
  };
  const made = call(g, 'latent', 'out');
  const onFake = call(d, made, 'out');
  const onReal = call(d, 'dataset', 'x');
  const loss = add('loss-non-saturating', onFake, 'out');
  const first = add('adam', loss, 'g');
  const second = add('adam', loss, 'd');
  const view = add('view-samples', made, 'out');
  const expected = [
    ['latent.out', `${made}.x`],
    [`${made}.out`, `${onFake}.x`],
    ['dataset.x', `${onReal}.x`],
    [`${onFake}.out`, `${loss}.fake`],
    [`${onReal}.out`, `${loss}.real`],
    [`${loss}.g`, `${first}.loss`],
    [`${g}.theta`, `${first}.theta`],
    [`${loss}.d`, `${second}.loss`],
    [`${d}.theta`, `${second}.theta`],
    [`${made}.out`, `${view}.fake`],
    ['dataset.x', `${view}.real`],
  ];
  for (const wire of expected) expect(graph.wires).toContainEqual(wire);
  expect(checkedOf(graph).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a call stands beside what it is given, clear of all else', () => {
  const graph = start();
  const [g = ''] = graph.networks.map(({ id }) => id);
  const made = callNetwork(graph, g, output('latent', 'out'));
  const box = boxOf(checkedOf(made.graph), made.ids[0] as string);
  const boxes = [...topLevelBoxes(made.graph)].filter(([id]) => id !== made.ids[0]);
  expect(boxes.filter(([, other]) => box && overlaps(box, other))).toEqual([]);
});

test('θ that another player moves stays with it', () => {
  const graph = start();
  const [g = ''] = graph.networks.map(({ id }) => id);
  const call = callNetwork(graph, g, output('latent', 'out'));
  const mean = insertNode(call.graph, {
    kind: 'mean',
    at: [700, 0],
    from: output(call.ids[0] as string, 'out'),
  });
  const from = output(mean.ids[0] as string, 'out');
  const first = insertNode(mean.graph, { kind: 'adam', at: [900, 0], from });
  const second = insertNode(first.graph, { kind: 'sgd', at: [900, 200], from });
  const thetas = second.graph.wires.filter(([wire]) => wire === `${g}.theta`);
  expect(thetas).toEqual([[`${g}.theta`, `${first.ids[0]}.theta`]]);
});
