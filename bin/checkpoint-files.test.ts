import { fsyncSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Checkpoint } from '@/lib/train/checkpoint';
import { readCheckpoint, writeCheckpoint } from './checkpoint-files';
import { UsageError } from './usage';

// Real, and watched.
vi.mock('node:fs', { spy: true });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-checkpoints-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (iteration: number): Checkpoint => ({
  fingerprint: 'abc',
  counters: { iteration, updates: 2 * iteration },
  edits: [],
  data: { arrays: new Map([['weights/a', { shape: [1], values: Float32Array.of(iteration) }]]), steps: {} },
});

test('the newest comes back, by its file and by its folder', () => {
  for (const iteration of [1, 2, 3]) writeCheckpoint(folder, at(iteration));
  expect(readCheckpoint(folder)).toEqual(at(3));
  expect(readCheckpoint(join(folder, 'checkpoint.bin'))).toEqual(at(3));
});

test('a process killed at any moment of writing leaves a whole one', () => {
  writeCheckpoint(folder, at(1));
  const path = writeCheckpoint(folder, at(2));
  // Killed while writing beside: the newest stands.
  writeFileSync(`${path}.part`, readFileSync(path).subarray(0, 20));
  expect(readCheckpoint(folder)).toEqual(at(2));
  // Killed between the two renames: the one before stands.
  renameSync(path, join(folder, 'checkpoint.previous.bin'));
  expect(readCheckpoint(folder)).toEqual(at(2));
});

test('the newest by its file, damaged or gone, gives the one before it; that one by its file is itself', () => {
  writeCheckpoint(folder, at(1));
  const path = writeCheckpoint(folder, at(2));
  expect(readCheckpoint(join(folder, 'checkpoint.previous.bin'))).toEqual(at(1));
  writeFileSync(path, readFileSync(path).subarray(0, 40));
  expect(readCheckpoint(path)).toEqual(at(1));
  rmSync(path);
  expect(readCheckpoint(path)).toEqual(at(1));
});

test.skipIf(process.platform === 'win32')(
  'its name is flushed to the disk too, after the last rename',
  () => {
    vi.clearAllMocks();
    writeCheckpoint(folder, at(1));
    const { results, invocationCallOrder } = vi.mocked(fsyncSync).mock;
    const opened = vi.mocked(openSync).mock;
    const ofFolder = opened.results[opened.calls.findIndex(([path]) => path === folder)]?.value;
    expect(vi.mocked(fsyncSync).mock.lastCall).toEqual([ofFolder]);
    expect(results.at(-1)?.type).toBe('return');
    expect(invocationCallOrder.at(-1)).toBeGreaterThan(
      vi.mocked(renameSync).mock.invocationCallOrder.at(-1) ?? Number.POSITIVE_INFINITY,
    );
  },
);

test('a damaged newest gives the one before it', () => {
  writeCheckpoint(folder, at(1));
  const path = writeCheckpoint(folder, at(2));
  writeFileSync(path, readFileSync(path).subarray(0, 40));
  expect(readCheckpoint(folder)).toEqual(at(1));
});

test.each([
  ['nowhere', /no file/],
  ['.', /has no checkpoint\.bin/],
])('%s: a sentence', (name, sentence) => {
  expect(() => readCheckpoint(join(folder, name))).toThrow(UsageError);
  expect(() => readCheckpoint(join(folder, name))).toThrow(sentence);
});

test('a folder and a file without a whole checkpoint: a sentence', () => {
  writeFileSync(join(folder, 'checkpoint.bin'), 'junk');
  expect(() => readCheckpoint(folder)).toThrow(/whole/);
  expect(() => readCheckpoint(join(folder, 'checkpoint.bin'))).toThrow(/not a checkpoint/);
});
