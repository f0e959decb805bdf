import type { Plan } from '@/lib/compile/plan';
import type { Tf } from '@/lib/nodes/define';
import { createSession, type Session, type SessionEvents, silent } from './session';

/** A session in Node, where nobody watches: losses are read at once, views are drawn only when asked for. */
export function createHeadlessSession(tf: Tf, plan: Plan, events: Partial<SessionEvents> = {}): Session {
  return createSession({
    tf,
    plan,
    events: { ...silent, ...events },
    clock: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    readsAtOnce: true,
    live: false,
  });
}
