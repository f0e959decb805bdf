import type { Plan } from '@/lib/compile/plan';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { Picture } from '@/lib/draw/picture';
import type { BackendName } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Answered, Ask } from './ask';
import type { Failure } from './detectors/detectors';
import type { Health } from './health';
import type { PhaseReport } from './phases';
import type { ScoreValues } from './scores';
import type { TintReport } from './tints';
import type { Trial } from './trial';
import type { XrayReport } from './xray';

/**
 * What page and worker say to each other: two unions, `runId` on every message about a run, plain JSON and
 * transferred buffers only.
 */
export type ToWorker =
  /** First message; answered by `ready`. `assets` is the absolute URL of the folder with the .wasm files. */
  | { readonly type: 'hello'; readonly assets: string }
  | {
      readonly type: 'start';
      readonly runId: string;
      readonly plan: Plan;
      readonly backend: BackendName;
      /** Where the checkpoints of this document are kept; absent: kept nowhere. */
      readonly checkpointKey?: string;
      /** Distinguishes this page’s run from one that another page makes of the same document. */
      readonly page?: string;
      /** Go on from what fits of the stored checkpoint; else from the seed. */
      readonly resume: boolean;
      /** Stop after the first pictures, at iteration 0 or the checkpoint's. */
      readonly paused: boolean;
    }
  | { readonly type: 'pause' | 'play' | 'step'; readonly runId: string }
  /** Ends the run; answered by `stopped`, after its last checkpoint. */
  | { readonly type: 'stop'; readonly runId: string }
  /** Keep what the run has now; answered by `save-answer` of the same request. */
  | { readonly type: 'save'; readonly runId: string; readonly request: number }
  /** What the game makes, finds or resembles now; answered by `answered` of the same request. */
  | { readonly type: 'ask'; readonly runId: string; readonly request: number; readonly ask: Ask }
  /** A parameter marked live, or the target iteration. */
  | {
      readonly type: 'live';
      readonly runId: string;
      readonly node: string;
      readonly param: string;
      readonly value: unknown;
    }
  | { readonly type: 'target'; readonly runId: string; readonly iterations: number }
  /** A structural edit: recompile, keep the weights of every layer whose id and shapes are unchanged. */
  | { readonly type: 'replan'; readonly runId: string; readonly plan: Plan }
  /** The same game with other views or metrics: nothing is compiled, and training does not notice. */
  | { readonly type: 'watch'; readonly runId: string; readonly plan: Plan }
  /** Reports what these outputs and layers hold, from now on, by `xrays`; see `CompiledGame.xray`. */
  | { readonly type: 'xray'; readonly runId: string; readonly targets: readonly string[] }
  /** Reports a number for each layer, from now on, by `tints`; without `figure` no more. */
  | { readonly type: 'tint'; readonly runId: string; readonly figure: LayerFigure | undefined }
  /** Single iterations report their phases by `phases`, from now on or no more. */
  | { readonly type: 'explain'; readonly runId: string; readonly on: boolean }
  /** Times real steps of this game for at most `milliseconds`; answered by `measured`. */
  | {
      readonly type: 'measure';
      readonly runId: string;
      readonly plan: Plan;
      readonly backend: BackendName;
      readonly milliseconds: number;
    }
  /** Says by `tried` how long an iteration would take, better and better; any message after it ends it. */
  | {
      readonly type: 'try';
      readonly runId: string;
      readonly plan: Plan;
      readonly backend: BackendName;
      readonly multiplyAdds: number;
      readonly milliseconds: number;
    }
  | { readonly type: 'end-try'; readonly runId: string }
  /** Are you there? Answered by `pong` as soon as no update is under way. */
  | { readonly type: 'ping' };

export type StartMessage = Extract<ToWorker, { type: 'start' }>;
/** To a run that is under way. */
export type RunMessage = Extract<
  ToWorker,
  { type: 'play' | 'pause' | 'step' | 'target' | 'live' | 'replan' | 'watch' | 'xray' | 'tint' | 'explain' }
>;

/** How a run that goes on from a checkpoint of another graph begins. */
export type GraphChange =
  /** With what fits: which layers and players begin from the seed, and which of the checkpoint have no place. */
  | { readonly type: 'fitted'; readonly anew: readonly string[]; readonly gone: readonly string[] }
  /** From the seed: the checkpoint, of this iteration and game, is set aside. */
  | {
      readonly type: 'replaced';
      readonly iteration: number;
      readonly fingerprint: string;
      /** Of the checkpoint, where it is what differs. */
      readonly seed?: number;
    };

export type FromWorker = RunReport | Answer;

/** What a run has to say of itself. */
export type RunReport =
  | {
      readonly type: 'compiled';
      readonly runId: string;
      /** The one in use; differs from the one asked for after a failure, and `note` says why. */
      readonly backend: BackendName;
      readonly note?: string;
      readonly iteration: number;
      /** Arrays taken over from a checkpoint or an earlier plan; absent on a fresh start. */
      readonly kept?: number;
      /** Which run its snapshots go to, see run-store.ts; absent where it is kept nowhere, or that cannot be said. */
      readonly run?: string;
      /** The checkpoint is of another graph: what of it goes on, or why nothing does. */
      readonly change?: GraphChange;
      /** tf.LayersModel summaries by network. */
      readonly summaries: { readonly [network: string]: string };
    }
  /** At most ten a second. Losses since the last message: one entry per update, by optimizer. */
  | {
      readonly type: 'progress';
      readonly runId: string;
      readonly iteration: number;
      readonly iterationsPerSecond: number;
      readonly losses: {
        readonly [optimizer: string]: { readonly iterations: Float64Array; readonly values: Float64Array };
      };
      readonly tensors: number;
      readonly bytes: number;
    }
  | {
      readonly type: 'pictures';
      readonly runId: string;
      readonly iteration: number;
      readonly pictures: { readonly [view: string]: Picture };
    }
  | {
      readonly type: 'metrics';
      readonly runId: string;
      readonly iteration: number;
      readonly values: { readonly [metric: string]: { readonly [name: string]: number } };
      /** Set where measuring at every `every` would take more than a tenth of the time. */
      readonly every?: number;
    }
  /** What the calls that judge give now, where a loss reads it: a probability where it reads logits. */
  | {
      readonly type: 'scores';
      readonly runId: string;
      readonly iteration: number;
      readonly values: ScoreValues;
    }
  /** The figures of a check, and the failures that it brought to light. */
  | {
      readonly type: 'health';
      readonly runId: string;
      readonly health: Health;
      readonly failures: readonly Failure[];
    }
  | ({ readonly type: 'xrays'; readonly runId: string } & XrayReport)
  | ({ readonly type: 'tints'; readonly runId: string } & TintReport)
  | ({ readonly type: 'phases'; readonly runId: string } & PhaseReport)
  | {
      readonly type: 'status';
      readonly runId: string;
      readonly status: 'running' | 'paused' | 'done';
      readonly iteration: number;
    }
  /** `isApart`: another page trains this document too, so the run is kept beside it. */
  | {
      readonly type: 'saved';
      readonly runId: string;
      readonly iteration: number;
      readonly isApart?: boolean;
    }
  /** The list of snapshots has changed: this one is the newest. */
  | { readonly type: 'snapshot'; readonly runId: string; readonly iteration: number }
  /** It could not be kept (storage full, say); the run goes on. */
  | { readonly type: 'no-snapshot'; readonly runId: string; readonly message: string }
  /** A checkpoint could not be written (storage full, say); the run goes on. */
  | { readonly type: 'not-saved'; readonly runId: string; readonly message: string }
  | {
      readonly type: 'failed';
      readonly runId: string;
      readonly iteration: number;
      readonly diagnostic: Diagnostic;
    };

/** `nothing-new`: the last checkpoint holds all that there is, or nothing is kept of this run. */
export type SaveOutcome = 'saved' | 'not-saved' | 'nothing-new';

/** What was asked for, about a run or not. */
type Answer =
  | { readonly type: 'ready' | 'pong' }
  /** The run has ended, and nothing of it will be written any more. */
  | { readonly type: 'stopped'; readonly runId: string }
  | {
      readonly type: 'save-answer';
      readonly runId: string;
      readonly request: number;
      readonly outcome: SaveOutcome;
    }
  | {
      readonly type: 'answered';
      readonly runId: string;
      readonly request: number;
      readonly answered: Answered;
    }
  | {
      readonly type: 'measured';
      readonly runId: string;
      readonly backend: BackendName;
      readonly msPerIteration: number | null;
    }
  | {
      readonly type: 'tried';
      readonly runId: string;
      readonly backend: BackendName;
      readonly trial: Trial;
    };
