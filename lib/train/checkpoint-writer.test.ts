import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Checkpoint } from './checkpoint';
import {
  apartOf,
  copyCheckpoint,
  loadCheckpoint,
  replaceCheckpoints,
  saveCheckpoint,
} from './checkpoint-store';
import { createCheckpointWriter } from './checkpoint-writer';

const at = (iteration: number): Checkpoint => ({
  fingerprint: 'abc',
  counters: { iteration, updates: 2 * iteration },
  edits: [],
  data: { arrays: new Map([['weights/a', { shape: [1], values: Float32Array.of(iteration) }]]), steps: {} },
});
const kept = async (document: string) => (await loadCheckpoint(document))?.counters.iteration;
const writerOf = (document: string, page = 'this') => createCheckpointWriter({ document, page });

test('one run after another, also after a reset, replaces what the one before has kept', async () => {
  const first = writerOf('alone');
  await first.startOver();
  for (const iteration of [1, 2, 3]) await first.write(at(iteration));
  const second = writerOf('alone', 'reloaded');
  expect((await second.open())?.counters.iteration).toBe(3);
  await second.write(at(4));
  const third = writerOf('alone');
  await third.startOver();
  await third.write(at(1));
  expect([first, second, third].map((writer) => writer.isApart())).toEqual([false, false, false]);
  expect(await kept('alone')).toBe(1);
});

test.each(['goes on', 'starts over'])(
  'P15: a run that %s while another page trains the document is kept apart, then in the copy',
  async (how) => {
    const [mine, theirs] = [writerOf(how, 'mine'), writerOf(how, 'theirs')];
    await mine.startOver();
    await mine.write(at(100));
    if (how === 'goes on') await theirs.open();
    else await theirs.startOver();
    expect(await theirs.isPassed()).toBe(false);
    await mine.write(at(110));
    expect([await mine.isPassed(), await theirs.isPassed()]).toEqual([false, true]);
    await theirs.write(at(20));
    await theirs.write(at(30));
    await mine.write(at(120));
    expect([mine.isApart(), theirs.isApart()]).toEqual([false, true]);
    expect(await kept(how)).toBe(120);
    await copyCheckpoint(how, `${how} (copy)`, 'theirs');
    expect(await kept(`${how} (copy)`)).toBe(30);
    expect(await kept(apartOf(how, 'theirs'))).toBeUndefined();
  },
);

test('a write that is repeated is written once, and another one may replace it only if it knows it', async () => {
  const write = (iteration: number, revision: string, ...replaces: string[]) =>
    saveCheckpoint('repeated', at(iteration), { revision, replaces });
  expect(await write(1, 'one')).toBe(true);
  expect(await write(1, 'one')).toBe(true);
  expect(await write(2, 'two', 'elsewhere')).toBe(false);
  expect(await kept('repeated')).toBe(1);
  expect(await write(2, 'two', 'one')).toBe(true);
  expect(await kept('repeated')).toBe(2);
});

test('weights that are put in place between two runs are what the next one goes on from', async () => {
  const before = writerOf('given');
  await before.write(at(5));
  await replaceCheckpoints('given', at(900));
  const next = writerOf('given');
  expect((await next.open())?.counters.iteration).toBe(900);
  await next.write(at(901));
  expect(next.isApart()).toBe(false);
});
