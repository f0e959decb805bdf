import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ring } from '@/lib/check/testing/graphs';
import { describePhase } from './phase-words';

const checked = checkGraph(ring);
const words = (phase: Parameters<typeof describePhase>[0]) => describePhase(phase, checked);

test('phases are said with the canvas’s names and their numbers', () => {
  expect(words({ type: 'sample', players: ['adam-d'], nodes: ['data', 'z'], rows: 256 }).sentence).toBe(
    'A batch of 256 is drawn from Dataset and Latent.',
  );
  expect(
    words({ type: 'forward', player: 'adam-d', nodes: [], scores: { 'd-real': 0.611, 'd-fake': 0.34 } }),
  ).toEqual({
    title: 'Adam for D · forward',
    sentence: 'The batch goes forward to the loss. On average: D(x) 0.611, D(G(z)) 0.34.',
  });
  expect(words({ type: 'loss', player: 'adam-d', nodes: [], value: 0.9117, frozen: true }).sentence).toBe(
    'Its loss is 0.912. It is muted, and does not move.',
  );
  expect(words({ type: 'step', player: 'adam-g', nodes: ['adam-g', 'G'], length: 0.02, theta: 10 })).toEqual({
    title: 'Adam for G · update',
    sentence: 'θ of G moves by 0.02, 0.2 % of its length.',
  });
  expect(
    words({ type: 'step', player: 'adam-g', nodes: ['adam-g', 'G'], length: 0.02, theta: 0 }).sentence,
  ).toBe('θ of G moves by 0.02, from 0 on.');
});
