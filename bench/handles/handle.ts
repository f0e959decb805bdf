import type { Reply, Request } from '../sides/side';

/** A running side, wherever it runs: it answers one request at a time. */
export interface Handle {
  ask(request: Request): Promise<Reply>;
  end(): void | Promise<void>;
}

export class TooSlow extends Error {}

/** `processor` counts what a process computes, which other programs do not change; pages have only the wall's. */
export type Clock = 'wall' | 'processor';

/** Milliseconds that the side takes for so many iterations; rejects with TooSlow beyond the limit. */
export async function timeRun(
  handle: Handle,
  iterations: number,
  limit: number,
  clock: Clock = 'wall',
): Promise<number> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(`longer than ${limit / 1000} s`)), limit);
  });
  try {
    const reply = await Promise.race([handle.ask({ type: 'run', iterations }), late]);
    if (reply.type === 'ran') return (clock === 'processor' && reply.processor) || reply.milliseconds;
    throw new Error(reply.type === 'failed' ? reply.message : `answered ${reply.type}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Kernel calls of one iteration, where the side can count them. */
export async function countKernels(handle: Handle): Promise<number | undefined> {
  const reply = await handle.ask({ type: 'kernels' });
  return reply.type === 'counted' ? reply.kernels : undefined;
}
