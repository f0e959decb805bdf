import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { sketch } from '@/lib/check/testing/graphs';
import { hasErrors } from '@/lib/graph/diagnostic';
import { applyFix } from './apply-fix';
import { wireFixes } from './wire-fixes';

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
