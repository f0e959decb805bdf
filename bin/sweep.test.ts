import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readResults, writeResult } from './sweep-files';
import { ganvas, start } from './testing/process';

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-sweep-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, sweep: object): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ graph: 'gan-lab', ...sweep }));
  return path;
};
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const busy = { timeout: 100_000, interval: 50 };

test('a sweep that is killed goes on with 0 runs lost and 0 repeated', async () => {
  const path = write('killed', {
    iterations: 150,
    order: 'random',
    vary: { 'sgd-g.learningRate': [0.03, 0.1, 0.03], 'settings.seed': [1, 2] },
  });
  const results = join(folder, 'killed-runs', 'results.jsonl');
  const { child, ended } = start(['sweep', path]);
  await vi.waitFor(() => expect(existsSync(results)).toBe(true), busy);
  child.kill('SIGKILL');
  await ended;
  const before = linesOf(results);
  // As if the kill had come within a line.
  appendFileSync(results, '{"id": "cut o');
  const { code, out, error } = await ganvas(['sweep', path]);
  expect(code).toBe(0);
  expect(error).toContain(`${before.length} of 4 runs are done already.`);
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ runs: 4, done: 4, failed: 0 });
  const done = [...readResults(join(folder, 'killed-runs')).values()];
  expect(new Set(done.map(({ values }) => JSON.stringify(values))).size).toBe(4);
  expect(out.trim().split('\n')).toHaveLength(4 - before.length + 1);
});

test.each([
  [
    'an unknown parameter',
    { vary: { 'sgd-g.rate': [1] } },
    /There is no sgd-g\.rate\. sgd-g has: .*learningRate/,
  ],
  ['a value out of range', { vary: { 'settings.batchSize': [0] } }, /settings\.batchSize = 0/],
  [
    'more than a day',
    { iterations: 100_000_000, vary: { 'settings.seed': [1, 2, 3, 4, 5, 6, 7, 8, 9] } },
    /9 runs of 900,000,000 iterations in all would take about .* h here, more than 24 h/,
  ],
  ['no values', { vary: { 'settings.seed': [] } }, /is no sweep/],
])('%s is refused before anything is trained', async (name, sweep, message) => {
  const { code, out, error } = await ganvas(['sweep', write(name.replaceAll(' ', '-'), sweep)]);
  expect([code, out]).toEqual([2, '']);
  expect(error).toMatch(message);
});

test('of a run that failed and was made again the newest result counts', () => {
  const own = join(folder, 'again');
  writeResult(own, { id: 'a', status: 'failed', values: {} });
  writeResult(own, { id: 'b', status: 'done', values: {} });
  writeResult(own, { id: 'a', status: 'done', values: {} });
  expect([...readResults(own).values()].map(({ id, status }) => [id, status])).toEqual([
    ['a', 'done'],
    ['b', 'done'],
  ]);
});
