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
import { join } from 'node:path';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '@/lib/train/checkpoint';
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
  return path;
}

/** The checkpoint in a file, or the newest whole one in a folder. */
export function readCheckpoint(path: string): Checkpoint {
  if (!existsSync(path)) throw new UsageError(`There is no file "${path}".`);
  if (!statSync(path).isDirectory()) {
    const found = decodeCheckpoint(readFileSync(path));
    if (!found.ok) throw new UsageError(`"${path}": ${found.reason}`);
    return found.checkpoint;
  }
  const files = [NEWEST, BEFORE].map((name) => join(path, name)).filter(existsSync);
  if (files.length === 0) throw new UsageError(`The folder "${path}" has no ${NEWEST}.`);
  for (const file of files) {
    const found = decodeCheckpoint(readFileSync(file));
    if (found.ok) return found.checkpoint;
  }
  throw new UsageError(`No checkpoint in the folder "${path}" is whole.`);
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
