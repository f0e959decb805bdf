import type { Checkpoint } from './checkpoint';
import { apartOf, openCheckpoint, replaceCheckpoints, saveCheckpoint } from './checkpoint-store';

interface Options {
  readonly document: string;
  /** Distinguishes pages, see `apartOf`. */
  readonly page: string;
}

/** The checkpoints of one run: each replaces only what the run began with, or wrote itself. */
interface CheckpointWriter {
  /** What is kept of the document. */
  open(): Promise<Checkpoint | undefined>;
  /** The run begins from the seed. */
  startOver(): Promise<void>;
  write(checkpoint: Checkpoint): Promise<void>;
  /** Whether another page has written since. */
  isPassed(): Promise<boolean>;
  /** Another page goes on with the run: from now on it is kept apart, and nothing is overwritten. */
  part(): void;
  /** Whether it is, as asked for or since another page has written meanwhile. */
  isApart(): boolean;
}

export function createCheckpointWriter({ document, page }: Options): CheckpointWriter {
  let isApart = false;
  /** What a write may take the place of. One that arrived without an answer has been written all the same. */
  let seen: string[] = [];
  return {
    async open() {
      const { checkpoint, revision } = await openCheckpoint(document);
      seen = [revision];
      return checkpoint;
    },
    startOver: () => replaceCheckpoints(document),
    async write(checkpoint) {
      const revision = crypto.randomUUID();
      seen.push(revision);
      if (!isApart && (await saveCheckpoint(document, checkpoint, { revision, replaces: seen }))) {
        seen = [revision];
        return;
      }
      isApart = true;
      await saveCheckpoint(apartOf(document, page), checkpoint);
    },
    isPassed: async () => {
      const { checkpoint, revision } = await openCheckpoint(document);
      return checkpoint !== undefined && !seen.includes(revision);
    },
    part() {
      isApart = true;
    },
    isApart: () => isApart,
  };
}
