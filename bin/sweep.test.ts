import { spawnSync } from 'node:child_process';
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

test('a sweep as jobs in PyTorch: a file for what needs one, a line per run, one script for arrays and loops', async () => {
  const path = write('jobs', {
    iterations: 150,
    vary: { 'settings.batchSize': [32, 64], 'sgd-g.learningRate': [0.03, 0.1], 'settings.seed': [1, 2] },
  });
  const out = join(folder, 'jobs of a sweep');
  expect(await ganvas(['export', 'torch', '--sweep', path, '-o', out])).toMatchObject({
    code: 0,
    error: expect.stringContaining('8 runs with 2 files of Python'),
  });
  const jobs = readFileSync(join(out, 'jobs.txt'), 'utf8').trim().split('\n');
  const runs = linesOf(join(out, 'runs.jsonl'));
  expect(jobs).toHaveLength(8);
  expect(jobs[5]).toBe(`game-2.py --set sgd-g.learningRate=0.03 --seed 2 --out runs/${runs[5].id}`);
  expect(runs[5].values).toEqual({
    'settings.batchSize': 64,
    'sgd-g.learningRate': 0.03,
    'settings.seed': 2,
  });
  for (const [file, batch] of [
    ['game-1.py', 32],
    ['game-2.py', 64],
  ] as const) {
    const script = readFileSync(join(out, file), 'utf8');
    expect(script).toMatch(new RegExp(`^BATCH\\w* = ${batch}$`, 'm'));
    expect(script).toMatch(/^ITERATIONS = 150$/m);
  }
  // What a shell makes of a line: by its number, and by that of an array.
  const shell = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync('sh', [join(out, 'job.sh'), ...args], {
      env: { ...process.env, PYTHON: 'echo', ...env },
      encoding: 'utf8',
    }).stdout.trim();
  expect(shell(['6', '--data', 'people.csv'])).toBe(`${jobs[5]} --data people.csv`);
  expect(shell([], { SLURM_ARRAY_TASK_ID: '3', SLURM_SUBMIT_DIR: out })).toBe(jobs[2]);
});

test('a sweep as jobs is refused as a sweep is, and takes no graph beside its own', async () => {
  const path = write('no-jobs', { vary: { 'sgd-g.rate': [1] } });
  const out = join(folder, 'none');
  expect(await ganvas(['export', 'torch', '--sweep', path, '-o', out])).toMatchObject({
    code: 2,
    error: expect.stringContaining('There is no sgd-g.rate'),
  });
  expect((await ganvas(['export', 'torch', 'ring', '--sweep', path, '-o', out])).code).toBe(2);
  expect((await ganvas(['export', 'torch', '--sweep', path, '-o', 'game.py'])).error).toMatch(/folder/);
  expect(existsSync(out)).toBe(false);
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
