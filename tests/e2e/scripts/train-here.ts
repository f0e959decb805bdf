import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { startBackend } from '@/lib/engine/backend';
import { createBreathe } from '@/lib/train/breathe';
import { createTrainingLoop, type TrainingLoop } from '@/lib/train/training-loop';
import { assert } from '@/lib/util/assert';

/** Training on the page's own thread, as the worker does it: what the app must never do. */
declare global {
  interface Window {
    trainHere(document: unknown): Promise<{ iterations(): number; stop(): Promise<void> }>;
  }
}

window.trainHere = async (document) => {
  const parsed = parseDocumentValue(document);
  assert(parsed.ok, 'a document that opens');
  const assets = new URL(process.env.GANVAS_WASM ?? '', window.location.href).href;
  // One thread: all of an update's time is then the page's.
  const { tf } = await startBackend('wasm', { assets });
  const nothing = () => {};
  const loop: TrainingLoop = createTrainingLoop({
    tf,
    plan: compilePlan(checkGraph(parsed.graph)),
    events: {
      progress: nothing,
      pictures: nothing,
      metrics: nothing,
      scores: nothing,
      health: nothing,
      xrays: nothing,
      tints: nothing,
      phases: nothing,
      status: nothing,
      failed: nothing,
    },
    clock: () => performance.now(),
    breathe: createBreathe(),
    readsAtOnce: true,
    live: true,
  });
  void loop.play();
  return {
    iterations: () => loop.game.counters.iteration,
    stop: () => loop.pause(),
  };
};
