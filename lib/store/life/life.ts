import type { Checked, Cost } from '@/lib/check/checked';
import type { Plan } from '@/lib/compile/plan';
import type { BackendName } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Loss } from '@/lib/train/connection';
import type { RunMessage, RunReport, StartMessage } from '@/lib/train/protocol';
import { type BackendChoice, noChoice } from '../backend-guide';
import type { TimelineMark } from '../marks';
import type { Expected } from '../predicting';
import { initialRun, type RunEvent, reduceRun } from '../run-state';
import type { ShownResults } from '../shown-results';
import type { GivenWeights, Replaced, TrainingState } from '../training-state';

/**
 * The words of a run's life: what is known (`Life`), what happens (`LifeEvent`), what is then to be done
 * (`Effect`). transition.ts decides, training.ts carries out.
 */
export interface Life extends TrainingState {
  /** The open document as it was checked last. */
  readonly checked: Checked | undefined;
  /** The plan that the worker has, or is about to get. */
  readonly plan: Plan | undefined;
  /** With the fingerprint of the game that it trained. */
  readonly replaced: (Replaced & { readonly game: string }) | undefined;
  /** A run that begins once the one before it has ended. */
  readonly pending: Pending | undefined;
  /** What a yes to `asking` lets begin. A yes holds for the document. */
  readonly awaited: Beginning | undefined;
  readonly isAllowed: boolean;
  /** Runs begun in this page; each has a number. */
  readonly runs: number;
  /** Backends that failed this document in this page. */
  readonly failed: readonly BackendName[];
  /** When a worker was lost last, and at which checkpoint. */
  readonly loss: { readonly at: number; readonly kept: number } | undefined;
}

export interface Pending {
  readonly start: Omit<StartMessage, 'paused'>;
  readonly next: Next;
}

/** What a run does when it is built: goes on, shows where it stands, or makes one iteration. */
export type Next = 'run' | 'rest' | 'step';

/** Why a run begins, and with which weights. */
export type Beginning =
  /** From the seed. */
  | { readonly type: 'play'; readonly next: Next }
  /** From the checkpoint that is kept; `note` says what happened. */
  | { readonly type: 'resume'; readonly next: Next; readonly note?: string }
  /** With what a reset replaced. */
  | { readonly type: 'bring-back'; readonly next: Next }
  /** With weights from elsewhere, at rest. */
  | { readonly type: 'open'; readonly weights: GivenWeights }
  /** From what is kept, on another backend: the one before failed. */
  | { readonly type: 'move'; readonly next: Next; readonly backend: BackendName; readonly note: string };

export type LifeEvent =
  /** Another id opens another document, with the checkpoint of `kept`; the same id changes the one that is open. */
  | { readonly type: 'document'; readonly id: string; readonly checked: Checked; readonly kept: number }
  | {
      readonly type:
        | 'play'
        | 'pause'
        | 'step'
        | 'rest'
        | 'reset'
        | 'undo-reset'
        | 'save'
        | 'warm'
        | 'dismiss';
    }
  | { readonly type: 'answer'; readonly yes: boolean }
  | { readonly type: 'open-weights'; readonly weights: GivenWeights }
  /** The person prefers another backend, or none. */
  | { readonly type: 'prefer' }
  /** What the run had before a change of backend is kept. */
  | { readonly type: 'change-backend'; readonly runId: string }
  /**
   * The run before has ended, and the weights to begin with are written, of an iteration that may have become
   * known only now; `problem`: they are not.
   */
  | {
      readonly type: 'vacated';
      readonly runId: string;
      readonly iteration?: number;
      readonly problem?: Diagnostic;
    }
  | { readonly type: 'message'; readonly documentId: string; readonly message: RunReport }
  | { readonly type: 'lost'; readonly runId: string; readonly loss: Loss; readonly detail: string }
  | { readonly type: 'choice'; readonly choice: BackendChoice }
  | { readonly type: 'expected'; readonly expected: Expected | undefined };

/** What a decision may ask of the machine. */
export interface Facts {
  /** Milliseconds, monotonic. */
  readonly now: number;
  /** GiB, where the browser says. */
  readonly deviceMemory: number | undefined;
  choose(cost: Cost): BackendChoice;
  /** At which iteration a checkpoint of the document is kept now: another page may have trained it. */
  kept(documentId: string): number;
}

export type Effect =
  | { readonly type: 'keep'; readonly documentId: string; readonly iteration: number }
  /** End the run before, write weights from elsewhere or bring back what was replaced, then `vacated`. */
  | {
      readonly type: 'vacate';
      readonly runId: string;
      readonly weights?: GivenWeights;
      readonly bringBack?: string;
    }
  | {
      readonly type: 'start';
      readonly message: StartMessage;
      readonly documentId: string;
      /** Of one iteration: how long the worker may well be silent. */
      readonly multiplyAdds: number;
    }
  | { readonly type: 'send'; readonly message: RunMessage }
  /** Keep what the run has, then go on with this. */
  | { readonly type: 'save'; readonly next?: LifeEvent }
  /** Ends the run, with its last checkpoint; or the worker, without. */
  | { readonly type: 'stop' | 'end' }
  | { readonly type: 'warm' }
  /** Another page trains the document too: this one's work goes on as a copy. */
  | { readonly type: 'part' }
  | { readonly type: 'measure'; readonly on: boolean }
  /** `update`: the game may have changed; `turn`: it is another one; `open`: from now on. */
  | { readonly type: 'predict'; readonly how: 'update' | 'turn' | 'open' }
  | { readonly type: 'show'; readonly message: RunReport }
  | { readonly type: 'mark'; readonly mark: TimelineMark }
  /** Curves, metrics and pictures: what happens to them, and of which document. */
  | { readonly type: 'results'; readonly how: keyof ShownResults; readonly documentId: string };

export interface Step {
  readonly life: Life;
  readonly effects: readonly Effect[];
}

export const initialLife: Life = {
  ...initialRun,
  documentId: '',
  kept: 0,
  asking: undefined,
  refusals: 0,
  choice: noChoice,
  expected: undefined,
  refused: undefined,
  replaced: undefined,
  recovered: undefined,
  checked: undefined,
  plan: undefined,
  pending: undefined,
  awaited: undefined,
  isAllowed: false,
  runs: 0,
  failed: [],
  loss: undefined,
};

export const step = (life: Life, ...effects: readonly Effect[]): Step => ({ life, effects });

/** The second decision on what the first one left, the effects of both in order. */
export function andThen(first: Step, decide: (life: Life) => Step): Step {
  const second = decide(first.life);
  return { life: second.life, effects: [...first.effects, ...second.effects] };
}

/** The part that run-state.ts moves. */
export function move(life: Life, event: RunEvent): Life {
  const moved = reduceRun(life, event);
  return moved === life ? life : { ...life, ...moved };
}

export const errorsOf = ({ checked }: Pick<Life, 'checked'>): number =>
  checked?.diagnostics.filter(({ severity }) => severity === 'error').length ?? 0;
