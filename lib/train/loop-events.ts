import type { Picture } from '@/lib/draw/picture';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Failure } from './detectors/detectors';
import type { Health } from './health';
import type { LossCurves } from './losses';
import type { MetricValues } from './observe';
import type { PhaseReport } from './phases';
import type { ScoreValues } from './scores';
import type { TintReport } from './tints';
import type { XrayReport } from './xray';

/** What a training loop says while it runs. */
export interface LoopEvents {
  progress(report: {
    iteration: number;
    iterationsPerSecond: number;
    losses: LossCurves;
    tensors: number;
    bytes: number;
  }): void;
  pictures(iteration: number, pictures: { readonly [view: string]: Picture }): void;
  metrics(iteration: number, values: MetricValues, every?: number): void;
  scores(iteration: number, values: ScoreValues): void;
  /** What was checked, and what was found by it for the first time. */
  health(health: Health, failures: readonly Failure[]): void;
  xrays(report: XrayReport): void;
  tints(report: TintReport): void;
  phases(report: PhaseReport): void;
  status(status: 'running' | 'paused' | 'done', iteration: number): void;
  failed(iteration: number, diagnostic: Diagnostic): void;
}

const ignore = () => undefined;
/** For a loop that nobody listens to. */
export const silent: LoopEvents = {
  progress: ignore,
  pictures: ignore,
  metrics: ignore,
  scores: ignore,
  health: ignore,
  xrays: ignore,
  tints: ignore,
  phases: ignore,
  status: ignore,
  failed: ignore,
};
