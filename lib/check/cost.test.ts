import { expect, test } from 'vitest';
import { checkGraph } from './check';
import { type Sketch, sketch } from './testing/graphs';

/** One example alone has no statistics. */
const BATCH = 2;

/** Multiply-adds of a network 3 → 3 with one layer of a kind, and of an iteration that trains it, per example. */
function costOf(
  layer: Omit<Sketch['nodes'][number], 'id'>,
  {
    nodes = [],
    wires = ['call.out > mean.in'],
    unwire = [],
  }: Partial<Sketch> & { readonly unwire?: readonly string[] } = {},
): { readonly network: number; readonly iteration: number } {
  const checked = checkGraph(
    sketch({
      settings: { batchSize: BATCH },
      networks: [{ id: 'N' }],
      nodes: [
        { id: 'z', kind: 'latent', params: { shape: [3] } },
        { id: 'call', kind: 'call', params: { network: 'N' } },
        { id: 'mean', kind: 'mean' },
        { id: 'sgd', kind: 'sgd' },
        { id: 'in', kind: 'network-input', network: 'N' },
        { ...layer, id: 'layer', network: 'N' },
        { id: 'last', kind: 'dense', network: 'N', params: { units: 3 } },
        { id: 'out', kind: 'network-output', network: 'N' },
        ...nodes,
      ],
      wires: [
        'in.out > layer.in',
        'layer.out > last.in',
        'last.out > out.in',
        'z.out > call.x',
        'mean.out > sgd.loss',
        'N.theta > sgd.theta',
        ...wires,
      ].filter((wire) => !unwire.includes(wire)),
    }),
  );
  expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const network = checked.networks.get('N')?.multiplyAdds ?? Number.NaN;
  return { network, iteration: checked.cost.multiplyAdds / BATCH };
}

test('an update goes forward, and back to weights and inputs', () => {
  const { network, iteration } = costOf({ kind: 'tanh' });
  expect(network).toBeGreaterThan(9);
  expect(iteration).toBe(3 * network);
});

test('a reference batch goes through the network too', () => {
  const { network, iteration } = costOf({ kind: 'virtual-batch-norm' });
  expect(network).toBeGreaterThan(2 * 9);
  expect(iteration).toBe(3 * network);
});

test('what lies between the ends of a slope is evaluated again, forward and back', () => {
  const { network, iteration } = costOf(
    { kind: 'tanh' },
    {
      nodes: [{ id: 'norm', kind: 'gradient-norm' }],
      wires: ['call.out > norm.of', 'z.out > norm.at', 'norm.out > mean.in'],
    },
  );
  expect(iteration).toBe(3 * network + 2 * 3 * network);
});

test('a call that samples goes through its network once per variable', () => {
  const { network, iteration } = costOf(
    { kind: 'tanh' },
    {
      nodes: [
        { id: 'draw', kind: 'call', params: { network: 'N', sample: 'autoregressive' } },
        { id: 'apart', kind: 'mean-squared-error' },
        { id: 'sum', kind: 'weighted-sum', params: { terms: { mean: 1, apart: 1 } } },
      ],
      wires: [
        'call.out > apart.a',
        'z.out > draw.x',
        'draw.out > apart.b',
        'call.out > mean.in',
        'mean.out > sum.mean',
        'apart.out > sum.apart',
        'sum.out > sgd.loss',
      ],
      unwire: ['mean.out > sgd.loss'],
    },
  );
  expect(iteration).toBe(3 * network + 3 * network);
});
