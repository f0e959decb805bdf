import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { damagedRing } from '@/lib/check/testing/arbitrary';
import { compilePlan } from '@/lib/compile/compile';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { hasErrors } from '@/lib/graph/diagnostic';
import { record, withParams } from './testing/train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

test('a graph without error diagnostics trains one iteration, and is drawn and measured', async () => {
  let trained = 0;
  await fc.assert(
    fc.asyncProperty(damagedRing(4), async (graph) => {
      // What damages the ring may take its metric away.
      const isMeasured = graph.nodes.some(({ id }) => id === 'quality');
      const checked = checkGraph(isMeasured ? withParams(graph, { quality: { samples: 100 } }) : graph);
      if (hasErrors(checked.diagnostics) || checked.cost.multiplyAdds > 3e8) return;
      const tensors = engine.tf.memory().numTensors;
      const { loop, failures } = record(engine.tf, compilePlan(checked));
      await loop.step();
      await loop.look();
      await loop.measure();
      loop.dispose();
      // Exploding weights are a legitimate end; anything else throws.
      for (const { code } of failures) expect(code).toBe('loss-not-finite');
      expect(engine.tf.memory().numTensors).toBe(tensors);
      trained++;
    }),
    { numRuns: 60 },
  );
  expect(trained).toBeGreaterThan(5);
}, 180_000);
