import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { sketch } from '@/lib/check/testing/graphs';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';

test('the mean follows calls in train mode, and eval mode goes ψ of the way to it from there', async () => {
  const { tf } = await startBackend('cpu');
  // w = z · 0 + 3: the mean of every batch is 3; z + 3 in a second network would move as well.
  const graph = sketch({
    settings: { batchSize: 4, iterations: 3 },
    networks: [{ id: 'F' }],
    nodes: [
      { id: 'z', kind: 'constant', params: { shape: [2], value: [1, 5] } },
      { id: 'map', kind: 'call', params: { network: 'F' } },
      { id: 'shown', kind: 'call', params: { network: 'F', mode: 'eval' } },
      { id: 'cost', kind: 'mean' },
      { id: 'sgd', kind: 'sgd', params: { learningRate: 0 } },
      { id: 'see', kind: 'view-values' },
      { id: 'in', kind: 'network-input', network: 'F' },
      { id: 'hold', kind: 'dense', network: 'F', params: { units: 2, init: 'zeros' } },
      { id: 'add', kind: 'add', network: 'F' },
      { id: 'cut', kind: 'truncation', network: 'F', params: { truncation: 0.5, decay: 0.5 } },
      { id: 'out', kind: 'network-output', network: 'F' },
    ],
    wires: [
      'z.out > map.x',
      'z.out > shown.x',
      'map.out > cost.in',
      'cost.out > sgd.loss',
      'F.theta > sgd.theta',
      'shown.out > see.in',
      'in.out > hold.in',
      'in.out > add.in',
      'hold.out > add.in',
      'add.out > cut.in',
      'cut.out > out.in',
    ],
  });
  const game = createGame(tf, compilePlan(checkGraph(graph)));
  const shown = async () => {
    const read = await game.read([{ node: 'shown', port: 'out' }], 1);
    return Array.from(defined([...read.values()][0], 'shown').data);
  };
  // From a mean of 0: half of (1, 5). After one update the mean is half of it, and so on.
  expect(await shown()).toEqual([0.5, 2.5]);
  for (const share of [0.75, 0.875]) {
    for (const { loss } of game.iterate()) loss.dispose();
    expect(await shown()).toEqual([share, 5 * share]);
  }
  game.dispose();
});
