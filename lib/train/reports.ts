import type { CompiledGame } from '@/lib/compile/tf/game';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Tf } from '@/lib/nodes/define';
import { createWatch } from './detectors/detectors';
import { createHealthChecks } from './health';
import type { LoopEvents } from './loop-events';
import type { Losses } from './losses';
import type { Observer, Pictures } from './observe';
import type { Pace } from './pace';
import { duelsOf } from './plan-duels';
import { createScorer } from './scores';
import type { Tinter } from './tints';
import type { Xrayer } from './xray';

/** Milliseconds between reports. */
const REPORT_EVERY = 100;

interface ReportsOptions {
  readonly tf: Tf;
  readonly game: CompiledGame;
  readonly observer: Observer;
  readonly xrayer: Xrayer;
  readonly tinter: Tinter;
  readonly losses: Losses;
  readonly pace: Pace;
  readonly events: LoopEvents;
  readonly clock: () => number;
  /** Draw views while running; else only when asked. */
  readonly live: boolean;
}

/** What a loop says of itself, and when. */
interface Reports {
  /** Scores before the first iteration. */
  first(): Promise<void>;
  /** Progress, views, scores, X-rays and metrics whose time has come. */
  due(): Promise<void>;
  /** A parameter has another value: failures are looked for anew. */
  changed(): void;
  /** A loss was not finite, or the run failed otherwise. */
  failed(iteration: number, diagnostic: Diagnostic): void;
  /** The last word before the run stands still, and the pictures in it, if it has some. */
  last(isDone: boolean): Promise<Pictures | undefined>;
}

export function createReports(options: ReportsOptions): Reports {
  const { tf, game, observer, xrayer, tinter, losses, pace, events, clock, live } = options;
  const { counters } = game;
  const scorer = createScorer(game, clock);
  const checks = createHealthChecks(game, clock);
  const watch = createWatch(duelsOf(game.plan));
  let reportedAt = clock();

  function progress(): void {
    reportedAt = clock();
    const { numTensors, numBytes } = tf.memory();
    events.progress({
      iteration: counters.iteration,
      iterationsPerSecond: pace.rate(counters.iteration, reportedAt),
      losses: losses.take(),
      tensors: numTensors,
      bytes: numBytes,
    });
  }

  async function scores(): Promise<void> {
    const { iteration } = counters;
    const given = live ? await scorer.due() : undefined;
    if (given) events.scores(iteration, given);
  }

  return {
    first: scores,
    async due() {
      if (clock() - reportedAt > REPORT_EVERY) progress();
      const { iteration } = counters;
      const pictures = live ? await observer.duePictures() : undefined;
      if (pictures) events.pictures(iteration, pictures);
      await scores();
      const health = live ? await checks.due() : undefined;
      if (health) events.health(health, watch.add(health));
      const xrays = live ? await xrayer.due() : undefined;
      if (xrays) events.xrays(xrays);
      const tints = live ? await tinter.due() : undefined;
      if (tints) events.tints(tints);
      const metrics = await observer.dueMetrics();
      if (!metrics) return;
      events.metrics(iteration, metrics.values, metrics.every);
      checks.note(metrics.values);
    },
    changed: watch.forget,
    failed(iteration, { code, node, message }) {
      if (code !== 'loss-not-finite') return;
      const health = { iteration, figures: { [`failed.${node}`]: 1 } };
      // Which loss, when, and what is kept, the diagnostic knows better than a figure.
      events.health(
        health,
        watch.add(health).map((failure) => ({ ...failure, message })),
      );
    },
    async last(isDone) {
      progress();
      const { iteration } = counters;
      const pictures = live ? await observer.pictures() : undefined;
      // Their numbers move to the page, and these are to be kept.
      if (pictures) events.pictures(iteration, structuredClone(pictures));
      const xrays = live ? await xrayer.now() : undefined;
      if (xrays) events.xrays(xrays);
      const tints = live ? await tinter.now() : undefined;
      if (tints) events.tints(tints);
      if (live && isDone) events.metrics(iteration, await observer.metrics());
      events.status(isDone ? 'done' : 'paused', iteration);
      return pictures;
    },
  };
}
