import { expect, test } from 'vitest';
import type { RunReport } from '@/lib/train/protocol';
import { initialRun, type RunEvent, type RunState, reduceRun, secondsLeft } from './run-state';

const start: RunEvent = {
  type: 'start',
  runId: 'r1',
  target: 100,
  backend: 'wasm',
  paused: false,
  iteration: 0,
};
const message = (fields: object): RunEvent => ({
  type: 'message',
  message: { runId: 'r1', ...fields } as RunReport,
});
const compiled = message({ type: 'compiled', backend: 'wasm', iteration: 0, summaries: {} });
const status = (name: 'running' | 'paused' | 'done', iteration = 5) =>
  message({ type: 'status', status: name, iteration });
const progress = message({
  type: 'progress',
  iteration: 7,
  iterationsPerSecond: 50,
  losses: {},
  tensors: 12,
  bytes: 3000,
});
const run = (...events: RunEvent[]): RunState => events.reduce(reduceRun, initialRun);

test('a start compiles, then runs', () => {
  expect(run(start).status).toEqual({ type: 'compiling', next: 'running' });
  expect(run(start, compiled).status).toEqual({ type: 'running' });
});

test('a pause while compiling holds until the plan is ready', () => {
  expect(run(start, { type: 'pause' }, compiled).status).toEqual({
    type: 'paused',
    settling: false,
    done: false,
  });
});

test('a pause shows at once and settles when the worker says so', () => {
  const asked = run(start, compiled, progress, { type: 'pause' });
  expect(asked.status).toEqual({ type: 'paused', settling: true, done: false });
  expect(asked.rate).toBe(0);
  expect(reduceRun(asked, status('paused')).status).toEqual({ type: 'paused', settling: false, done: false });
});

test('a late "running" does not undo a pause, nor a late "paused" a play', () => {
  expect(run(start, compiled, { type: 'pause' }, status('running')).status.type).toBe('paused');
  const played = run(start, compiled, { type: 'pause' }, { type: 'play' }, status('paused'));
  expect(played.status.type).toBe('running');
});

test('progress after a pause moves the iteration and claims no speed', () => {
  const state = run(start, compiled, { type: 'pause' }, progress);
  expect(state).toMatchObject({ iteration: 7, rate: 0, tensors: 12, bytes: 3000 });
});

test('at the target it is paused and done; a higher target takes that back', () => {
  const done = run(start, compiled, status('done', 100));
  expect(done.status).toEqual({ type: 'paused', settling: false, done: true });
  expect(reduceRun(done, { type: 'target', iterations: 200 }).status).toMatchObject({ done: false });
  expect(reduceRun(done, { type: 'target', iterations: 50 }).status).toMatchObject({ done: true });
});

test('a failure keeps its diagnostic, and nothing but a start leads out of it', () => {
  const diagnostic = { code: 'not-finite', severity: 'error', message: 'loss.d is NaN' } as const;
  const failed = run(start, compiled, message({ type: 'failed', iteration: 9, diagnostic }));
  expect(failed.status).toEqual({ type: 'failed', diagnostic });
  for (const event of [compiled, progress, status('running'), { type: 'play' } as const])
    expect(reduceRun(failed, event).status.type).toBe('failed');
  expect(reduceRun(failed, start).status.type).toBe('compiling');
});

test('messages of another run change nothing', () => {
  const state = run(start, compiled);
  const other = reduceRun(state, {
    type: 'message',
    message: { type: 'status', runId: 'r0', status: 'done', iteration: 3 },
  });
  expect(other).toBe(state);
});

test('a step is allowed from pause alone', () => {
  expect(run(start, compiled, { type: 'step' }).status.type).toBe('running');
  expect(run(start, compiled, { type: 'pause' }, status('paused'), { type: 'step' }).status).toMatchObject({
    settling: true,
  });
});

test('the backend of the answer counts, not the one asked for', () => {
  const fellBack = message({
    type: 'compiled',
    backend: 'cpu',
    note: 'no WebGL',
    iteration: 0,
    summaries: {},
  });
  expect(run(start, fellBack)).toMatchObject({ backend: 'cpu', note: 'no WebGL' });
});

test('time left needs a rate', () => {
  expect(secondsLeft({ iteration: 50, target: 100, rate: 0 })).toBeUndefined();
  expect(secondsLeft({ iteration: 50, target: 100, rate: 25 })).toBe(2);
});

test('weights that could not be kept are said until they are', () => {
  const full = message({ type: 'not-saved', message: 'QuotaExceededError' });
  expect(run(start, compiled, full).notKept).toBe('QuotaExceededError');
  expect(run(start, compiled, full, progress).notKept).toBe('QuotaExceededError');
  expect(run(start, compiled, full, message({ type: 'saved', iteration: 7 })).notKept).toBeUndefined();
});
