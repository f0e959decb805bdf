import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { startBackend } from '@/lib/engine/backend';
import { findExample } from '@/lib/examples/catalogue';
import { createSession } from '@/lib/train/session';
import { defined } from '@/lib/util/assert';
import type { Side } from './side';

/** An example through the loop that the page uses, without its views and metrics. */
export async function runOurs(game: string): Promise<Side> {
  const { tf } = await startBackend('wasm');
  const parsed = parseDocumentValue(defined(findExample(game), game).document);
  if (!parsed.ok) throw new Error(`${game} does not parse`);
  const plan = { ...compilePlan(checkGraph(parsed.graph)), views: [], metrics: [] };
  const session = createSession({
    tf,
    plan,
    clock: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    readsAtOnce: true,
    live: false,
    events: {
      progress: () => undefined,
      frames: () => undefined,
      metrics: () => undefined,
      status: () => undefined,
      failed(_, { message }) {
        throw new Error(message);
      },
    },
  });
  return {
    async run(iterations) {
      session.setTarget(session.game.counters.iteration + iterations);
      await session.play();
    },
  };
}
