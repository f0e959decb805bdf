import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Plan } from '@/lib/compile/plan';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, fingerprint } from '@/lib/train/checkpoint';
import { UsageError } from './usage';

/**
 * The checkpoints of a run under --out: the newest, and the one before it. Each is written beside, flushed to the
 * disk and renamed, so that a process that is killed at any moment leaves a whole one.
 */
const NEWEST = 'checkpoint.bin';
const BEFORE = 'checkpoint.previous.bin';

/** Writes the newest checkpoint and gives its path; throws what the file system says. */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint): string {
  const path = join(folder, NEWEST);
  const part = `${path}.part`;
  writeFlushed(part, encodeCheckpoint(checkpoint));
  if (existsSync(path)) renameSync(path, join(folder, BEFORE));
  renameSync(part, path);
  flushFolder(folder);
  return path;
}

/**
 * The checkpoint in a file, or the newest whole one in a folder. The newest file of a run stands for its folder
 * where it is damaged, or gone: a process was killed between two renames. The one before it is taken as it is.
 */
export function readCheckpoint(path: string): Checkpoint {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const files = slotsOf(path, isFolder).filter(existsSync);
  if (files.length === 0)
    throw new UsageError(isFolder ? `The folder "${path}" has no ${NEWEST}.` : `There is no file "${path}".`);
  const found = files.map((file) => decodeCheckpoint(readFileSync(file)));
  const whole = found.find((one) => one.ok);
  if (whole) return whole.checkpoint;
  const [first] = found;
  throw new UsageError(
    isFolder
      ? `No checkpoint in the folder "${path}" is whole.`
      : `"${path}": ${first && !first.ok ? first.reason : ''}`,
  );
}

/** As above, of this game. `option` is what names it in a refusal: `--resume out`. */
export function readCheckpointOf(plan: Plan, path: string, option: string): Checkpoint {
  const checkpoint = readCheckpoint(path);
  if (checkpoint.fingerprint === fingerprint(plan)) return checkpoint;
  throw otherGame(option);
}

export const otherGame = (option: string): UsageError =>
  new UsageError(`${option}: the checkpoint belongs to another graph, seed or batch size.`);

function slotsOf(path: string, isFolder: boolean): string[] {
  if (isFolder) return [join(path, NEWEST), join(path, BEFORE)];
  return basename(path) === NEWEST ? [path, join(dirname(path), BEFORE)] : [path];
}

/** Names are flushed too, so that a power cut undoes no rename. Windows opens no folders. */
function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeFlushed(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
