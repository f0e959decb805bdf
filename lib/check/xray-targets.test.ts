import { expect, test } from 'vitest';
import { checkGraph } from './check';
import { sketch } from './testing/graphs';
import { xrayTargets } from './xray-targets';

const checked = checkGraph(
  sketch({
    networks: [{ id: 'F' }],
    nodes: [
      { id: 'noise', kind: 'latent', params: { shape: [2] } },
      { id: 'call', kind: 'call', params: { network: 'F' } },
      { id: 'see', kind: 'view-values' },
      { id: 'f-in', kind: 'network-input', network: 'F', params: { name: 'x' } },
      { id: 'f-dense', kind: 'dense', network: 'F', params: { units: 3 } },
      { id: 'f-out', kind: 'network-output', network: 'F', params: { name: 'z' } },
      { id: 'loss', kind: 'mean-squared-error' },
      { id: 'adam', kind: 'adam' },
    ],
    wires: [
      'noise.out > call.x',
      'call.z > see.in',
      'call.z > loss.a',
      'call.z > loss.b',
      'loss.out > adam.loss',
      'F.theta > adam.theta',
      'f-in.out > f-dense.in',
      'f-dense.out > f-out.in',
    ],
  }),
);

const targets = (nodes: readonly string[], wires: readonly string[] = []) =>
  xrayTargets(checked, '', {
    nodes,
    wires: wires.map((from) => checked.graph.wires.findIndex((wire) => wire[0] === from)),
  });

test('a wire is opened by the output that it leaves, θ by nothing', () => {
  expect(targets([], ['noise.out', 'loss.out'])).toEqual(['noise.out', 'loss.out']);
  expect(targets([], ['F.theta'])).toEqual([]);
});

test('a layer is opened with its weights, a view and an optimizer by what they are given', () => {
  expect(targets(['f-dense'])).toEqual(['f-dense.out', 'f-dense']);
  expect(targets(['see', 'call'])).toEqual(['call.z']);
  expect(targets(['adam'])).toEqual(['loss.out']);
  expect(targets(['f-out'])).toEqual(['f-dense.out']);
});

test('within a block ids are plain ones', () => {
  expect(xrayTargets(checked, 'use:', { nodes: ['noise'], wires: [] })).toEqual(['use:noise.out']);
});
