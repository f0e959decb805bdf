import type { BackendName } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { RunReport } from '@/lib/train/protocol';
import { assertNever } from '@/lib/util/assert';

/** Where a run stands, and the pure function that moves it. Curves and pictures are not here (see training.ts). */
export type Status =
  | { readonly type: 'idle' }
  | { readonly type: 'compiling'; readonly next: 'running' | 'paused' }
  | { readonly type: 'running' }
  /** `settling`: asked for, the iteration that is under way still ends. `done`: at the target. */
  | { readonly type: 'paused'; readonly settling: boolean; readonly done: boolean }
  | { readonly type: 'failed'; readonly diagnostic: Diagnostic };

/** A worker has the run, or is about to. */
export const isUnderWay = ({ type }: Status): boolean =>
  type === 'compiling' || type === 'running' || type === 'paused';

/** Paused, or about to be. */
export const isAtRest = (status: Status): boolean =>
  status.type === 'paused' || (status.type === 'compiling' && status.next === 'paused');

export interface RunState {
  readonly status: Status;
  /** Absent before the first start. Messages of other runs are ignored. */
  readonly runId: string | undefined;
  readonly iteration: number;
  readonly target: number;
  /** Iterations per second, 0 while nothing runs. */
  readonly rate: number;
  readonly backend: BackendName | undefined;
  /** What the worker has to say about the backend. */
  readonly note: string | undefined;
  readonly tensors: number;
  readonly bytes: number;
  /** Where the metrics' measuring interval was stretched: the one in use. */
  readonly stretchedEvery: number | undefined;
  /** tf.LayersModel summaries by network. */
  readonly summaries: { readonly [network: string]: string };
  /** Why the newest weights could not be kept (storage full, say); undefined once they are. */
  readonly notKept: string | undefined;
  /** The document has errors, so the last good plan runs on: how many. */
  readonly staleErrors: number;
}

export const initialRun: RunState = {
  status: { type: 'idle' },
  runId: undefined,
  iteration: 0,
  target: 0,
  rate: 0,
  backend: undefined,
  note: undefined,
  tensors: 0,
  bytes: 0,
  stretchedEvery: undefined,
  summaries: {},
  notKept: undefined,
  staleErrors: 0,
};

export type RunEvent =
  | {
      readonly type: 'start';
      readonly runId: string;
      readonly target: number;
      readonly backend: BackendName;
      readonly paused: boolean;
      /** The checkpoint's, where one is taken up. */
      readonly iteration: number;
      readonly note?: string;
    }
  | { readonly type: 'play' | 'pause' | 'step' | 'close' }
  | { readonly type: 'target'; readonly iterations: number }
  | { readonly type: 'stale'; readonly errors: number }
  | { readonly type: 'fail'; readonly diagnostic: Diagnostic }
  | { readonly type: 'message'; readonly message: RunReport };

const paused = (settling: boolean, done = false): Status => ({ type: 'paused', settling, done });

export function reduceRun(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'start':
      return {
        ...initialRun,
        status: { type: 'compiling', next: event.paused ? 'paused' : 'running' },
        runId: event.runId,
        iteration: event.iteration,
        target: event.target,
        backend: event.backend,
        note: event.note,
      };
    case 'play':
      if (state.status.type === 'compiling')
        return { ...state, status: { type: 'compiling', next: 'running' } };
      return state.status.type === 'paused' ? { ...state, status: { type: 'running' } } : state;
    case 'pause':
      if (state.status.type === 'compiling')
        return { ...state, status: { type: 'compiling', next: 'paused' } };
      return state.status.type === 'running' ? { ...state, status: paused(true), rate: 0 } : state;
    case 'step':
      return state.status.type === 'paused' ? { ...state, status: paused(true) } : state;
    case 'close':
      return initialRun;
    case 'target': {
      const { status } = state;
      const wasDone = status.type === 'paused' && status.done && event.iterations > state.iteration;
      return { ...state, target: event.iterations, ...(wasDone && { status: paused(false) }) };
    }
    case 'stale':
      return state.staleErrors === event.errors ? state : { ...state, staleErrors: event.errors };
    case 'fail':
      return { ...state, status: { type: 'failed', diagnostic: event.diagnostic }, rate: 0 };
    case 'message':
      return reduceMessage(state, event.message);
    default:
      return assertNever(event);
  }
}

/** What the worker says. Late messages never undo what the user asked for since. */
function reduceMessage(state: RunState, message: RunReport): RunState {
  if (message.runId !== state.runId) return state;
  const { status } = state;
  if (status.type === 'idle' || status.type === 'failed') return state;
  switch (message.type) {
    case 'compiled': {
      const { backend, note, iteration, summaries } = message;
      const compiled = { ...state, backend, note: note ?? state.note, iteration, summaries };
      if (status.type !== 'compiling') return compiled;
      return { ...compiled, status: status.next === 'running' ? { type: 'running' } : paused(false) };
    }
    case 'progress': {
      const { iteration, iterationsPerSecond, tensors, bytes } = message;
      return {
        ...state,
        iteration,
        tensors,
        bytes,
        rate: status.type === 'running' ? iterationsPerSecond : 0,
      };
    }
    case 'metrics':
      return message.every === state.stretchedEvery ? state : { ...state, stretchedEvery: message.every };
    case 'status': {
      const { iteration } = message;
      if (message.status === 'done') return { ...state, iteration, rate: 0, status: paused(false, true) };
      if (status.type === 'compiling') return { ...state, iteration };
      if (message.status === 'running') return { ...state, iteration };
      return status.type === 'running'
        ? { ...state, iteration }
        : { ...state, iteration, rate: 0, status: paused(false) };
    }
    case 'failed':
      return {
        ...state,
        iteration: message.iteration,
        rate: 0,
        status: { type: 'failed', diagnostic: message.diagnostic },
      };
    case 'not-saved':
      return { ...state, notKept: message.message };
    case 'saved':
      return state.notKept === undefined ? state : { ...state, notKept: undefined };
    case 'pictures':
    case 'scores':
    case 'health':
    case 'xrays':
    case 'tints':
    case 'phases':
    case 'snapshot':
    case 'no-snapshot':
      return state;
    default:
      return assertNever(message);
  }
}

/** Seconds to the target at the present rate, or undefined where nothing moves. */
export const secondsLeft = (state: Pick<RunState, 'iteration' | 'target' | 'rate'>): number | undefined =>
  state.rate > 0 ? Math.max(0, state.target - state.iteration) / state.rate : undefined;
