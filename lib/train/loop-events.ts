import type { Frame } from '@/lib/draw/frame';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { LossHistory } from './losses';
import type { MetricValues } from './observe';

/** What a training loop says while it runs. */
export interface LoopEvents {
  progress(report: {
    iteration: number;
    iterationsPerSecond: number;
    losses: LossHistory;
    tensors: number;
    bytes: number;
  }): void;
  frames(iteration: number, frames: { readonly [view: string]: Frame }): void;
  metrics(iteration: number, values: MetricValues, every?: number): void;
  status(status: 'running' | 'paused' | 'done', iteration: number): void;
  failed(iteration: number, diagnostic: Diagnostic): void;
}

const ignore = () => undefined;
/** For a loop that nobody listens to. */
export const silent: LoopEvents = {
  progress: ignore,
  frames: ignore,
  metrics: ignore,
  status: ignore,
  failed: ignore,
};
