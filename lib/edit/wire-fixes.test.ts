import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ring, ringWith, sketch } from '@/lib/check/testing/graphs';
import { hasErrors } from '@/lib/graph/diagnostic';
import { applyFix } from './apply-fix';
import { wireFixes, wireOffer } from './wire-fixes';

/** A network of one layer, fed with a shape. */
const chain = (shape: readonly number[], kind: string, params = {}) =>
  sketch({
    networks: [{ id: 'N' }],
    nodes: [
      { id: 'in', kind: 'network-input', network: 'N', params: { name: 'x', shape: [...shape] } },
      { id: 'layer', kind, network: 'N', params },
      { id: 'out', kind: 'network-output', network: 'N', params: { name: 'y' } },
      { id: 'z', kind: 'latent', params: { shape: [...shape] } },
      { id: 'call', kind: 'call', params: { network: 'N' } },
      { id: 'view', kind: 'view-values' },
    ],
    wires: ['in.out > layer.in', 'layer.out > out.in', 'z.out > call.x', 'call.y > view.in'],
  });

test.each([
  ['dense', [4, 4, 2], {}, ['Insert flatten']],
  ['conv2d', [784], {}, ['Insert reshape to [28, 28, 1]']],
  ['reshape', [100], { shape: [7, 7, 128] }, ['Insert dense of 6,272']],
  ['dense', [16], {}, []],
] as const)('what is offered for a wire into %s that carries [%s]', (kind, shape, params, labels) => {
  const graph = chain(shape, kind, params);
  const checked = checkGraph(graph);
  const fixes = wireFixes(checked, 0);
  expect(fixes.map(({ label }) => label)).toEqual(labels);
  for (const fix of fixes) {
    const { diagnostics } = checkGraph(applyFix(graph, fix));
    expect(hasErrors(diagnostics.filter(({ node }) => node === 'layer'))).toBe(false);
  }
});

test('a wire that is wrong comes with its reason and what fixes it', () => {
  expect(wireOffer(checkGraph(chain([4, 4, 2], 'dense')), 0)).toMatchObject({
    reason: expect.stringMatching(/\[4, 4, 2\]/),
    fixes: [{ label: 'Insert flatten' }],
  });
  expect(wireOffer(checkGraph(ring), 0)).toBeUndefined();
});

test('a wire in a network that nobody needs yet is fixed too', () => {
  const graph = chain([4, 4, 2], 'dense');
  const unused = {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => id !== 'view'),
    wires: graph.wires.slice(0, 3),
  };
  expect(wireOffer(checkGraph(unused), 0)?.fixes.map(({ label }) => label)).toEqual(['Insert flatten']);
});

test('a wire whose side changed places with the other one is offered the swap', () => {
  const graph = ringWith({
    unwire: ['d-real.score > loss.real', 'd-fake.score > loss.fake'],
    wires: ['d-real.score > loss.fake', 'd-fake.score > loss.real'],
  });
  const offer = wireOffer(checkGraph(graph), graph.wires.length - 1);
  expect(offer?.reason).toMatch(/seem to have changed places/);
  expect(offer?.fixes.map(({ type }) => type)).toEqual(['swap-wires']);
  const [swap] = offer?.fixes ?? [];
  expect(swap && wireOffer(checkGraph(applyFix(graph, swap)), graph.wires.length - 1)).toBeUndefined();
});
