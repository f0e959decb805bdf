import type { StoreApi } from 'zustand/vanilla';
import type { Checked, Cost } from '@/lib/check/checked';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { BackendName } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import type { Answered, Ask } from '@/lib/train/ask';
import type { SnapshotEntry } from '@/lib/train/run-store';
import type { BackendChoice } from './backend-guide';
import type { Feed, Results } from './feed';
import type { TimelineMark } from './marks';
import type { Expected } from './predicting';
import type { RunState } from './run-state';
import type { Timeline } from './timeline';

/** What the training store holds and can do. */
export interface TrainingState extends RunState {
  readonly documentId: string;
  /** The iteration of the checkpoint that this browser keeps of the document; 0 without one. */
  readonly kept: number;
  /** A game over the budget waits for a yes. */
  readonly asking: Cost | undefined;
  /** Counts attempts to play a document that has errors, or nothing to train. */
  readonly refusals: number;
  readonly choice: BackendChoice;
  /** How fast the game would train; known a moment after it was opened or changed, until it is played. */
  readonly expected: Expected | undefined;
  /** Why the last play was refused, where the check alone does not say. */
  readonly refused: Diagnostic | undefined;
  /** The run that a reset replaced, and that can take its place again. */
  readonly replaced: Replaced | undefined;
  /** What the run has recovered from, and how it goes on: until the next start. */
  readonly recovered: string | undefined;
}

export interface Replaced {
  readonly iteration: number;
  /** The graph is what it was then, but for what may change while a run goes on. */
  readonly fits: boolean;
}

/** Weights from elsewhere, and how to keep them as the document's checkpoint. */
export interface GivenWeights {
  readonly iteration: number;
  write(): Promise<void>;
}

export interface TrainingActions {
  /** The document as it is now. Another id ends the run; the same id changes it. `checked` is of the plain graph. */
  setDocument(id: string, checked: Checked, graph?: Graph): void;
  play(): void;
  pause(): void;
  toggle(): void;
  step(): void;
  /** Back to iteration 0, from the seed. What the run had is kept for one undo. */
  reset(): void;
  /** The run that a reset replaced takes its place again, and the other way round. */
  undoReset(): void;
  /** The answer to `asking`. */
  answer(yes: boolean): void;
  /** Goes on with another backend from a checkpoint; `auto` leaves the choice to measurements. */
  switchBackend(name: BackendName | 'auto'): void;
  /** Writes a checkpoint now, for a page that may be closed. */
  save(): void;
  /** Waits until a checkpoint of now is kept, for two seconds at most. */
  saved(): Promise<void>;
  /** A run that is kept stands where it ended, to be looked at. */
  rest(): void;
  /** Asks the game as it stands; undefined where there is no run. */
  ask(ask: Ask): Promise<Answered | undefined>;
  /** Takes weights from elsewhere: ends the run, lets `write` keep a checkpoint, and stands at its iteration. */
  openWeights(given: GivenWeights): void;
  /**
   * The run goes on from a snapshot, at rest; as it was until then it is set aside. `shown` is what the snapshot's
   * run has shown, where it is not the present one.
   */
  goOnFrom(snapshot: SnapshotEntry, shown?: Omit<Results, 'pictures'>): Promise<void>;
  /** Says something of an iteration, on the timeline; kept with the run. */
  note(iteration: number, text: string): void;
  /** Takes a mark off the timeline. */
  forget(mark: TimelineMark): void;
  /** Starts the worker ahead of the first play. */
  warm(): void;
  /** Opens these outputs (`node.port`) and layers (`node`), by their plain ids, in this run and those to come. */
  xray(targets: readonly string[]): void;
  /** Reports a number of each layer of this run and those to come; undefined: none. */
  tint(figure: LayerFigure | undefined): void;
  /** Single iterations of this run and those to come report their phases. */
  explain(on: boolean): void;
  /** The person has read `recovered`. */
  dismiss(): void;
  dispose(): void;
}

export type TrainingStore = Pick<StoreApi<TrainingState>, 'getState' | 'getInitialState' | 'subscribe'> &
  TrainingActions & { readonly feed: Feed; readonly timeline: Timeline };

/** Above this a game is asked about first. */
export const budget = { bytes: 1.5e9, flops: 50e9 } as const;
export const isOverBudget = ({ bytes, multiplyAdds }: Cost): boolean =>
  bytes > budget.bytes || 2 * multiplyAdds > budget.flops;
