import { expect, test } from 'vitest';
import { sketch } from '@/lib/check/testing/graphs';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { guardsOf } from './guards';

const dense = (id: string) => ({ id, kind: 'dense', network: 'G', params: { units: 2 } });
const blend = (id: string, alpha: number) => ({
  id,
  kind: 'progressive-blend',
  network: 'G',
  params: { alpha },
});

test('layers of a network that grows twice are read on these conditions', () => {
  const plan = planOf(
    sketch({
      networks: [{ id: 'G' }],
      nodes: [
        { id: 'z', kind: 'latent', params: { shape: [2] } },
        { id: 'fake', kind: 'call', params: { network: 'G' } },
        { id: 'cost', kind: 'mean' },
        { id: 'sgd', kind: 'sgd' },
        { id: 'in', kind: 'network-input', network: 'G', params: { name: 'z' } },
        ...['trunk', 'first', 'further', 'second', 'last', 'third'].map(dense),
        blend('grow-1', 0.5),
        blend('grow-2', 0.25),
        { id: 'out', kind: 'network-output', network: 'G', params: { name: 'x' } },
      ],
      wires: [
        'in.out > trunk.in',
        'trunk.out > first.in',
        'trunk.out > further.in',
        'further.out > second.in',
        'further.out > last.in',
        'last.out > third.in',
        'first.out > grow-1.low',
        'second.out > grow-1.high',
        'grow-1.out > grow-2.low',
        'third.out > grow-2.high',
        'grow-2.out > out.in',
        'z.out > fake.z',
        'fake.x > cost.in',
        'cost.out > sgd.loss',
        'G.theta > sgd.theta',
      ],
    }),
  );
  const one = 'setting("grow-1.alpha", 0.5)';
  const two = 'setting("grow-2.alpha", 0.25)';
  expect(Object.fromEntries(guardsOf(defined(plan.networks[0], 'G')))).toEqual({
    'grow-1': `${two} < 1`,
    first: `${one} < 1 and ${two} < 1`,
    second: `${one} > 0 and ${two} < 1`,
    last: `${two} > 0`,
    third: `${two} > 0`,
    further: `(${two} > 0 or ${one} > 0 and ${two} < 1)`,
  });
});
