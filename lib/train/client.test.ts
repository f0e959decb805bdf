import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { type ClientOptions, createTrainClient, type Listener, type WorkerLike } from './client';
import type { FromWorker, ToWorker } from './protocol';

/** A worker in name only: keeps what it is told, says what the test wants. */
class StandIn implements WorkerLike {
  readonly heard: ToWorker[] = [];
  ended = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  postMessage(message: ToWorker) {
    this.heard.push(message);
  }
  terminate() {
    this.ended = true;
  }
  say(message: FromWorker) {
    this.onmessage?.({ data: message });
  }
}

const plan = {} as Plan;
const startMessage = (runId: string) =>
  ({ type: 'start', runId, plan, backend: 'wasm', resume: false, paused: false }) as const;
const ready: FromWorker = { type: 'ready' };
const paused = (runId: string): FromWorker => ({ type: 'status', runId, status: 'paused', iteration: 3 });

function setUp(options: Partial<ClientOptions> = {}) {
  const workers: StandIn[] = [];
  const spawn = () => {
    const worker = new StandIn();
    workers.push(worker);
    return worker;
  };
  const listener = { message: vi.fn<Listener['message']>(), lost: vi.fn<Listener['lost']>() };
  const client = createTrainClient({ spawn, assets: () => 'http://x/wasm/', ...options });
  return { client, listener, workers, worker: (i: number) => workers[i] as StandIn };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('nothing but hello is sent before the worker is ready', () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener);
  expect(worker(0).heard.map(({ type }) => type)).toEqual(['hello']);
  worker(0).say(ready);
  expect(worker(0).heard.map(({ type }) => type)).toEqual(['hello', 'start']);
});

test('a worker that never answers is given up after the timeout', () => {
  const { client, listener, worker } = setUp({ handshakeMs: 1000 });
  client.start(startMessage('a'), listener);
  vi.advanceTimersByTime(1001);
  expect(listener.lost).toHaveBeenCalledWith('no-answer', expect.stringContaining('1 s'));
  expect(worker(0).ended).toBe(true);
});

test('messages of another run are not passed on', () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener);
  worker(0).say(ready);
  worker(0).say(paused('b'));
  worker(0).say(paused('a'));
  expect(listener.message.mock.calls).toEqual([[paused('a')]]);
});

test('stop resolves when the worker says so, and keeps the worker', async () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener);
  worker(0).say(ready);
  const stop = client.stop();
  worker(0).say(paused('a'));
  await stop;
  vi.advanceTimersByTime(10_000);
  expect(worker(0).ended).toBe(false);
});

test('a run that does not move is stopped without waiting', async () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener);
  worker(0).say(ready);
  worker(0).say(paused('a'));
  await client.stop();
  expect(worker(0).heard.at(-1)).toEqual({ type: 'stop', runId: 'a' });
  vi.advanceTimersByTime(10_000);
  expect(worker(0).ended).toBe(false);
});

test('a warm worker answers before it is needed, and a cold failure troubles nobody', () => {
  const { client, listener, worker, workers } = setUp({ handshakeMs: 1000 });
  client.warm();
  vi.advanceTimersByTime(1001);
  expect(worker(0).ended).toBe(true);
  client.start(startMessage('a'), listener);
  expect(workers).toHaveLength(2);
  expect(listener.lost).not.toHaveBeenCalled();
});

test('stop ends a worker whose update runs over the limit; the next start gets a fresh one', async () => {
  const { client, listener, worker, workers } = setUp({ stopMs: 2000 });
  client.start(startMessage('a'), listener);
  worker(0).say(ready);
  const stop = client.stop();
  vi.advanceTimersByTime(2001);
  await stop;
  expect(worker(0).ended).toBe(true);
  client.start(startMessage('b'), listener);
  expect(workers).toHaveLength(2);
  expect(listener.lost).not.toHaveBeenCalled();
});

test('a crash is told once, and the next start gets a fresh worker', () => {
  const { client, listener, worker, workers } = setUp();
  client.start(startMessage('a'), listener);
  worker(0).say(ready);
  const { onerror } = worker(0);
  onerror?.({ message: 'out of memory' });
  onerror?.({ message: 'out of memory' });
  expect(listener.lost.mock.calls).toEqual([['crashed', 'out of memory']]);
  client.start(startMessage('b'), listener);
  expect(workers).toHaveLength(2);
});

test('measuring uses a worker of its own and ends it', async () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener);
  worker(0).say(ready);
  const measured = client.measure(plan, 'webgl', 2000);
  worker(1).say(ready);
  expect(worker(1).heard.at(-1)).toMatchObject({ type: 'measure', backend: 'webgl', milliseconds: 2000 });
  worker(1).say({ type: 'measured', runId: 'measure-webgl', backend: 'webgl', msPerIteration: 12.5 });
  expect(await measured).toBe(12.5);
  expect(worker(1).ended).toBe(true);
  expect(worker(0).ended).toBe(false);
});

test('a backend that cannot be measured gives null', async () => {
  const { client, worker } = setUp({ handshakeMs: 1000 });
  const silent = client.measure(plan, 'webgpu', 2000);
  vi.advanceTimersByTime(1001);
  expect(await silent).toBeNull();
  const broken = client.measure(plan, 'webgpu', 2000);
  worker(1).onerror?.({ message: 'no adapter' });
  expect(await broken).toBeNull();
});
