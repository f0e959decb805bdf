import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { startBackend } from '@/lib/engine/backend';
import type { BackendOptions } from '@/lib/engine/backend-options';
import { hasErrors } from '@/lib/graph/diagnostic';
import { createBreathe } from '@/lib/train/breathe';
import { createTrainingLoop } from '@/lib/train/training-loop';
import type { Backend, Side } from './side';

/** A document through the loop that the page uses, without its views and metrics. */
export async function createOurs(
  document: unknown,
  backend: Backend,
  options: BackendOptions = {},
): Promise<Side> {
  const parsed = parseDocumentValue(document);
  if (!parsed.ok) throw new Error(`The document does not parse: ${parsed.diagnostics[0]?.message}`);
  const checked = checkGraph(parsed.graph);
  if (hasErrors(checked.diagnostics)) throw new Error(checked.diagnostics[0]?.message);
  const plan = { ...compilePlan(checked), views: [], metrics: [] };
  const { tf } = await startBackend(backend, options);
  const loop = createTrainingLoop({
    tf,
    plan,
    clock: () => performance.now(),
    breathe: createBreathe(),
    readsAtOnce: backend === 'wasm',
    live: false,
    events: {
      progress: () => undefined,
      pictures: () => undefined,
      metrics: () => undefined,
      scores: () => undefined,
      health: () => undefined,
      xrays: () => undefined,
      tints: () => undefined,
      phases: () => undefined,
      status: () => undefined,
      failed(_, { message }) {
        throw new Error(message);
      },
    },
  });
  const run = async (iterations: number) => {
    loop.setTarget(loop.game.counters.iteration + iterations);
    await loop.play();
    // Losses come before the updates: the weights themselves must be there.
    const [first] = loop.game.state.weights.values();
    await first?.data();
  };
  return {
    run,
    async kernels() {
      const { kernels } = await tf.profile(() => {
        for (const { loss } of loop.game.iterate()) loss.dispose();
        return [];
      });
      return kernels.length;
    },
  };
}
