import { processorNow } from '../processor-time';

/** One implementation of a game, warm or not, in a process or worker of its own. */
export interface Side {
  /** Trains; resolves when the weights are really there. */
  run(iterations: number): Promise<void>;
  /** Calls of the backend's kernels in one iteration. */
  kernels(): Promise<number>;
}

export type Request = { readonly type: 'run'; readonly iterations: number } | { readonly type: 'kernels' };

export type Reply =
  | { readonly type: 'ready' }
  | {
      readonly type: 'ran';
      readonly milliseconds: number;
      /** Of the processor, all threads together, where the side can measure it. */
      readonly processor?: number;
    }
  | { readonly type: 'counted'; readonly kernels: number }
  | { readonly type: 'failed'; readonly message: string };

export type Backend = 'wasm' | 'webgl' | 'webgpu';

/** What a worker or process is to be. */
export interface SideConfig {
  readonly game: string;
  readonly player: 'ours' | 'by-hand';
  readonly backend: Backend;
  /** Ours with every optimisation off. */
  readonly plain?: boolean;
  /** Share of its own time that it idles busily after each run: a slowdown that a measurement must see. */
  readonly slowdown?: number;
}

/** Answers one request; what goes wrong is part of the answer. */
export async function answer(side: Side, request: Request, slowdown = 0): Promise<Reply> {
  try {
    if (request.type === 'kernels') return { type: 'counted', kernels: await side.kernels() };
    const before = performance.now();
    const spent = processorNow();
    await side.run(request.iterations);
    const end = performance.now() + slowdown * (performance.now() - before);
    while (performance.now() < end);
    const milliseconds = performance.now() - before;
    return spent === undefined
      ? { type: 'ran', milliseconds }
      : { type: 'ran', milliseconds, processor: (processorNow() ?? 0) - spent };
  } catch (error) {
    return failed(error);
  }
}

export const failed = (error: unknown): Reply => ({
  type: 'failed',
  message: error instanceof Error ? error.message : String(error),
});
