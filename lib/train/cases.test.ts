import { beforeAll, describe, expect, test } from 'vitest';
import { caseGraph } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { planOf, record } from './testing/train';

/** Documents that once trained wrongly without a word (tests/cases). */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

test('data measured against themselves have the weights of their modes', async () => {
  const { loop } = record(engine.tf, planOf(caseGraph('probe-weighted-modes')));
  const { self } = await loop.measure();
  loop.dispose();
  // Three modes of weights 5 : 3 : 2, 2,500 samples: (K - 1) / 2n = 4e-4.
  expect(self?.modes).toBe(3);
  expect(self?.reverseKl).toBeLessThan(5e-3);
  // A hundredth lies outside all modes.
  expect(self?.totalVariation).toBeLessThan(0.05);
}, 60_000);

describe('targets the other way round', () => {
  test.each(['labels-usual', 'labels-flipped'])(
    '%s: G comes to the data',
    async (name) => {
      const { loop, failures } = record(engine.tf, planOf(caseGraph(name)));
      await loop.play();
      const { w } = await loop.measure();
      loop.dispose();
      expect(failures).toEqual([]);
      // Off by 15 where G runs from the data, which is 4 from where it starts.
      expect(w?.distance).toBeLessThan(1);
    },
    60_000,
  );
});
