import { beforeAll, describe, expect, test } from 'vitest';
import { caseGraph } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { planOf, record } from './testing/train';

/** Documents that once trained wrongly without a word (tests/cases). */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

describe('targets the other way round', () => {
  test.each(['labels-usual', 'labels-flipped'])(
    '%s: G comes to the data',
    async (name) => {
      const { session, failures } = record(engine.tf, planOf(caseGraph(name)));
      await session.play();
      const { w } = await session.measure();
      session.dispose();
      expect(failures).toEqual([]);
      // Off by 15 where G runs from the data, which is 4 from where it starts.
      expect(w?.distance).toBeLessThan(1);
    },
    60_000,
  );
});
