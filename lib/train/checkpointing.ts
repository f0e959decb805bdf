import { reasonOf } from '@/lib/util/reason-of';
import type { Checkpoint, Mark } from './checkpoint';
import type { SaveOutcome } from './protocol';

/** Milliseconds between checkpoints: soon at first, so that there is something to fall back to. */
const SAVE_FIRST = 1_000;
const SAVE_EVERY = 10_000;
/** Saving takes at most this part of the time. */
const SAVE_SHARE = 0.1;

interface CheckpointingOptions {
  /** Keeps a checkpoint; undefined: the run is kept nowhere. */
  readonly write: ((checkpoint: Checkpoint) => Promise<void> | void) | undefined;
  /** What a checkpoint of now would hold. */
  readonly mark: () => Mark;
  readonly take: () => Promise<Checkpoint>;
  readonly saved: (iteration: number) => void;
  /** Storage full, say: the run goes on. */
  readonly notSaved: (message: string) => void;
}

/** The checkpoints of a run: when they are due, one at a time, each of something new. */
export interface Checkpointing {
  /** Keeps what there is now. Resolves when it is written, or cannot be. */
  save(): Promise<SaveOutcome>;
  /** Saves, if it is time. */
  saveIfDue(): void;
  /** All that there is now is kept already. */
  holdsAll(): void;
  /** Have there been iterations since the last checkpoint? */
  isBehind(): boolean;
}

export function createCheckpointing(options: CheckpointingOptions): Checkpointing {
  const { write, mark, take, saved, notSaved } = options;
  let savedAt = performance.now();
  let every = SAVE_FIRST;
  let held: Mark | undefined;
  let last: Promise<SaveOutcome> = Promise.resolve('nothing-new');
  /** Asked for while another one is written: it takes what there is when that one has ended. */
  let queued: Promise<SaveOutcome> | undefined;
  let isWriting = false;

  const isBehind = () => mark().iteration > (held?.iteration ?? 0);
  /** Iteration 0 is what the seed gives. */
  const isNew = ({ line, edits }: Mark) =>
    isBehind() || (held !== undefined && (line !== held.line || edits !== held.edits));

  async function saveNow(): Promise<SaveOutcome> {
    queued = undefined;
    savedAt = performance.now();
    const next = mark();
    if (!write || !isNew(next)) return 'nothing-new';
    isWriting = true;
    try {
      const checkpoint = await take();
      await write(checkpoint);
      const { counters, edits } = checkpoint;
      // What was taken may be of an iteration later than the one that was asked in.
      held = { line: next.line, iteration: counters.iteration, edits: edits.length };
      saved(counters.iteration);
      return 'saved';
    } catch (error) {
      notSaved(reasonOf(error));
      return 'not-saved';
    } finally {
      isWriting = false;
      const now = performance.now();
      // The first one opens the database, which is no measure of the next.
      const atLeast = every === SAVE_FIRST ? 0 : (now - savedAt) / SAVE_SHARE;
      every = Math.max(Math.min(2 * every, SAVE_EVERY), atLeast);
      savedAt = now;
    }
  }

  const save = (): Promise<SaveOutcome> => {
    queued ??= last.then(saveNow);
    last = queued;
    return queued;
  };

  return {
    save,
    saveIfDue() {
      if (!queued && !isWriting && performance.now() - savedAt > every) void save();
    },
    holdsAll() {
      held = mark();
    },
    isBehind,
  };
}
