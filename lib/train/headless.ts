import type { Plan } from '@/lib/compile/plan';
import type { Tf } from '@/lib/nodes/define';
import { type LoopEvents, silent } from './loop-events';
import { createTrainingLoop, type TrainingLoop } from './training-loop';

/** A loop in Node, where nobody watches: losses are read at once, views are drawn only when asked for. */
export function createHeadlessLoop(tf: Tf, plan: Plan, events: Partial<LoopEvents> = {}): TrainingLoop {
  return createTrainingLoop({
    tf,
    plan,
    events: { ...silent, ...events },
    clock: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    readsAtOnce: true,
    live: false,
  });
}
