import { expect, test } from 'vitest';
import { processorTime } from '@/lib/util/testing/processor-time';
import { checkGraph } from './check';
import { letterOf, nameOf } from './names';
import { sketch } from './testing/graphs';

const game = sketch({
  networks: [
    { id: 'Network', name: 'Generator' },
    { id: 'D', name: 'Discriminator' },
  ],
  nodes: [
    { id: 'in', kind: 'network-input', network: 'Network', params: { name: 'z' } },
    { id: 'out', kind: 'network-output', network: 'Network', params: { name: 'x' } },
    { id: 'd-in', kind: 'network-input', network: 'D', params: { name: 'x' } },
    { id: 'd-out', kind: 'network-output', network: 'D', params: { name: 'logit' } },
    { id: 'noise', kind: 'latent' },
    { id: 'data', kind: 'dataset' },
    { id: 'fake', kind: 'call', params: { network: 'Network' } },
    { id: 'judged', kind: 'call', params: { network: 'D' } },
    { id: 'real', kind: 'call', params: { network: 'D' } },
    { id: 'open', kind: 'call', params: { network: 'D' } },
    { id: 'adam', kind: 'adam' },
    { id: 'own', kind: 'adam', title: 'My Adam' },
  ],
  wires: ['noise.out > fake.z', 'fake.x > judged.x', 'data.x > real.x', 'Network.theta > adam.theta'],
});
const checked = checkGraph(game);

test.each([
  ['fake', 'Generator(z)'],
  ['real', 'D(x)'],
  ['judged', 'D(Generator(z))'],
  ['open', 'D(·)'],
  ['adam', 'Adam for Generator'],
  ['own', 'My Adam'],
  ['Network', 'Generator'],
  ['data', 'Dataset'],
])('%s is called %s', (id, name) => {
  expect(nameOf(checked, id)).toBe(name);
});

test.each([
  ['G', 'Generator', 'G'],
  ['DX', 'D of X', 'DX'],
  ['G', 'Painter', 'Painter'],
  ['Gkl', 'Generator, KL', 'Generator, KL'],
  ['Network', 'Generator', 'Generator'],
  ['Network', '', 'Network'],
])('network %s, named "%s", is %s in a call', (id, name, letter) => {
  expect(letterOf({ id, name })).toBe(letter);
});

test('a call of a name too long for a pill leaves out what it is given', () => {
  const networks = game.networks.map((network) =>
    network.id === 'Network' ? { ...network, name: 'Second generator' } : network,
  );
  expect(nameOf(checkGraph({ ...game, networks }), 'judged')).toBe('D(·)');
  expect(nameOf(checkGraph({ ...game, networks }), 'fake')).toBe('Second generator(·)');
});

test('calls of 64 inputs, each of them such a call, are named at once', () => {
  const inputs = Array.from({ length: 64 }, (_, i) => `i${i}`);
  const calls = ['c0', 'c1', 'c2', 'c3'];
  const wide = checkGraph(
    sketch({
      networks: [{ id: 'G' }],
      nodes: [
        ...inputs.map((id) => ({ id, kind: 'network-input', network: 'G', params: { name: id } })),
        { id: 'out', kind: 'network-output', network: 'G', params: { name: 'x' } },
        ...calls.map((id) => ({ id, kind: 'call', params: { network: 'G' } })),
      ],
      wires: calls.slice(1).flatMap((id, i) => inputs.map((port) => `${calls[i]}.x > ${id}.${port}`)),
    }),
  );
  expect(wide.nodes.get('c3')?.wiredFrom.size).toBe(64);
  const start = processorTime();
  expect(nameOf(wide, 'c3')).toBe('G(·)');
  expect(processorTime() - start).toBeLessThan(50);
});
