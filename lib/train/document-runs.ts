import type { Checkpoint } from './checkpoint';
import { bringBackCheckpoint, copyCheckpoint, replaceCheckpoints } from './checkpoint-store';
import { beginRun, bringBackRun, copyRun, type Origin } from './run-store';

/**
 * A document's checkpoints and its snapshots, which go the same way. They are two databases: where the snapshots
 * cannot follow, the weights go all the same.
 */

/** The document goes on from given weights, of a snapshot or from elsewhere; the run before is set aside. */
export async function replaceRun(document: string, by: Checkpoint, snapshot?: Origin): Promise<void> {
  // First: a page that is closed between the two goes on where it stood, and no snapshot of that run is removed.
  await attempt(beginRun(document, snapshot ?? { iteration: by.counters.iteration }));
  await replaceCheckpoints(document, by);
}

/** The run that was set aside is the present one again: at which iteration, or undefined where there is none. */
export async function bringBackReplaced(document: string): Promise<number | undefined> {
  const iteration = await bringBackCheckpoint(document);
  if (iteration !== undefined) await attempt(bringBackRun(document, iteration));
  return iteration;
}

/** A document goes on as another one. */
export async function copyKept(from: string, to: string, page: string): Promise<void> {
  await copyCheckpoint(from, to, page);
  await attempt(copyRun(from, to, page));
}

const attempt = (moved: Promise<unknown>): Promise<unknown> => moved.catch(() => undefined);
