import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { type ClientOptions, createTrainClient, type Listener } from './client';
import type { WorkerLike } from './connection';
import type { FromWorker, ToWorker } from './protocol';

/** A worker in name only: keeps what it hears, says what the test wants. */
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
  client.start(startMessage('a'), listener, 1e6);
  expect(worker(0).heard.map(({ type }) => type)).toEqual(['hello']);
  worker(0).say(ready);
  expect(worker(0).heard.map(({ type }) => type)).toEqual(['hello', 'start']);
});

test('a worker that never answers is given up after the timeout', () => {
  const { client, listener, worker } = setUp({ handshakeMs: 1000 });
  client.start(startMessage('a'), listener, 1e6);
  vi.advanceTimersByTime(1001);
  expect(listener.lost).toHaveBeenCalledWith('no-answer', expect.stringContaining('1 s'));
  expect(worker(0).ended).toBe(true);
});

test('messages of another run are not passed on', () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  worker(0).say(paused('b'));
  worker(0).say(paused('a'));
  expect(listener.message.mock.calls).toEqual([[paused('a')]]);
});

test.each(['running', 'at rest'])(
  'stop of a run %s resolves when nothing of it will be written any more, and keeps the worker',
  async (how) => {
    const { client, listener, worker } = setUp();
    client.start(startMessage('a'), listener, 1e6);
    worker(0).say(ready);
    if (how === 'at rest') worker(0).say(paused('a'));
    const over = vi.fn();
    const stop = client.stop().then(over);
    expect(worker(0).heard).toContainEqual({ type: 'stop', runId: 'a' });
    worker(0).say(paused('a'));
    worker(0).say({ type: 'pong' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(over).not.toHaveBeenCalled();
    worker(0).say({ type: 'saved', runId: 'a', iteration: 3 });
    worker(0).say({ type: 'stopped', runId: 'a' });
    await stop;
    expect(listener.message).toHaveBeenLastCalledWith({ type: 'saved', runId: 'a', iteration: 3 });
    vi.advanceTimersByTime(20_000);
    expect(worker(0).ended).toBe(false);
  },
);

test('whoever stops while a run is ending waits for the same end', async () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  const over = vi.fn();
  void client.stop();
  void client.stop().then(over);
  await vi.advanceTimersByTimeAsync(100);
  expect(over).not.toHaveBeenCalled();
  worker(0).say({ type: 'stopped', runId: 'a' });
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toHaveBeenCalledOnce();
});

test('a last checkpoint that is never written ends the worker', async () => {
  const { client, listener, worker } = setUp({ lastSaveMs: 8000 });
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  const stop = client.stop();
  worker(0).say({ type: 'pong' });
  await vi.advanceTimersByTimeAsync(7999);
  expect(worker(0).ended).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  await stop;
  expect(worker(0).ended).toBe(true);
});

test('each question gets its own answer, and one without a run or worker gets none', async () => {
  const { client, listener, worker } = setUp();
  const ask = { type: 'nearest', by: 'numbers', samples: new Float32Array(2), dims: [2] } as const;
  expect(await client.ask(ask)).toBeUndefined();
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  const answers = [client.ask(ask), client.ask(ask), client.ask(ask)];
  const [first = 0, second = 0] = worker(0).heard.flatMap((message) =>
    message.type === 'ask' ? [message.request] : [],
  );
  const found = { ok: true, answer: undefined } as const;
  const problem = { ok: false, problem: 'no such output' } as const;
  worker(0).say({ type: 'answered', runId: 'a', request: second, answered: problem });
  worker(0).say({ type: 'answered', runId: 'a', request: first, answered: found });
  worker(0).onerror?.({ message: 'out of memory' });
  expect(await Promise.all(answers)).toEqual([found, problem, undefined]);
});

test('each save gets the answer to its own request, and one without a run or worker gets none', async () => {
  const { client, listener, worker } = setUp();
  expect(await client.save()).toBeUndefined();
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  const saves = [client.save(), client.save(), client.save()];
  const requests = worker(0).heard.flatMap((message) => (message.type === 'save' ? [message.request] : []));
  expect(new Set(requests).size).toBe(3);
  const [first = 0, second = 0] = requests;
  worker(0).say({ type: 'save-answer', runId: 'a', request: second, outcome: 'nothing-new' });
  worker(0).say({ type: 'save-answer', runId: 'a', request: first, outcome: 'saved' });
  worker(0).onerror?.({ message: 'out of memory' });
  expect(await Promise.all(saves)).toEqual(['saved', 'nothing-new', undefined]);
});

test('a warm worker answers before it is needed, and a cold failure troubles nobody', () => {
  const { client, listener, worker, workers } = setUp({ handshakeMs: 1000 });
  client.warm();
  vi.advanceTimersByTime(1001);
  expect(worker(0).ended).toBe(true);
  client.start(startMessage('a'), listener, 1e6);
  expect(workers).toHaveLength(2);
  expect(listener.lost).not.toHaveBeenCalled();
});

test('stop ends a worker whose update runs over the limit; the next start gets a fresh one', async () => {
  const { client, listener, worker, workers } = setUp({ stopMs: 2000 });
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  const stop = client.stop();
  vi.advanceTimersByTime(2001);
  await stop;
  expect(worker(0).ended).toBe(true);
  client.start(startMessage('b'), listener, 1e6);
  expect(workers).toHaveLength(2);
  expect(listener.lost).not.toHaveBeenCalled();
});

test('a crash is reported once, and the next start gets a fresh worker', () => {
  const { client, listener, worker, workers } = setUp();
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  const { onerror } = worker(0);
  onerror?.({ message: 'out of memory' });
  onerror?.({ message: 'out of memory' });
  expect(listener.lost.mock.calls).toEqual([['crashed', 'out of memory']]);
  client.start(startMessage('b'), listener, 1e6);
  expect(workers).toHaveLength(2);
});

test('measuring uses a worker of its own and ends it', async () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener, 1e6);
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

const pong: FromWorker = { type: 'pong' };
const progress = (runId: string): FromWorker => ({
  type: 'progress',
  runId,
  iteration: 1,
  iterationsPerSecond: 1,
  losses: {},
  tensors: 1,
  bytes: 1,
});
const compiled = (runId: string): FromWorker => ({
  type: 'compiled',
  runId,
  backend: 'wasm',
  iteration: 0,
  summaries: {},
});
const running = (runId: string): FromWorker => ({ type: 'status', runId, status: 'running', iteration: 0 });

/** A worker that has a run and trains it. */
function training(options: Partial<ClientOptions> = {}, multiplyAdds = 1e6) {
  const at = setUp(options);
  const train = (runId: string, i: number) => {
    at.client.start(startMessage(runId), at.listener, multiplyAdds);
    for (const message of [ready, compiled(runId), running(runId), progress(runId)])
      at.worker(i).say(message);
  };
  train('a', 0);
  return { ...at, train };
}

test('P7: a worker that goes silent while it trains is lost, ended and replaced', () => {
  const { client, listener, worker, workers } = training();
  vi.advanceTimersByTime(29_000);
  expect(worker(0).heard.at(-1)).toEqual({ type: 'ping' });
  expect(listener.lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3_000);
  expect(listener.lost.mock.calls).toEqual([['silent', 'The training worker has not answered for 31 s.']]);
  expect(worker(0).ended).toBe(true);
  client.start(startMessage('b'), listener, 1e6);
  expect(workers).toHaveLength(2);
});

test('one that answers is not, however long it takes', () => {
  const { listener, worker } = training();
  for (let i = 0; i < 100; i++) {
    vi.advanceTimersByTime(20_000);
    worker(0).say(pong);
  }
  expect(listener.lost).not.toHaveBeenCalled();
});

test('its first iterations may take two minutes, and those of a new plan', () => {
  const { client, listener, worker } = setUp();
  client.start(startMessage('a'), listener, 1e6);
  worker(0).say(ready);
  vi.advanceTimersByTime(110_000);
  expect(listener.lost).not.toHaveBeenCalled();
  worker(0).say(compiled('a'));
  worker(0).say(progress('a'));
  client.send({ type: 'replan', runId: 'a', plan });
  vi.advanceTimersByTime(110_000);
  expect(listener.lost).not.toHaveBeenCalled();
});

test('a pause that is never acknowledged is a loss', () => {
  const { client, listener } = training();
  client.send({ type: 'pause', runId: 'a' });
  vi.advanceTimersByTime(32_000);
  expect(listener.lost).toHaveBeenCalledOnce();
});

test('a worker that died at rest is found out when something is asked of it', () => {
  const { client, listener, worker } = training();
  worker(0).say(paused('a'));
  vi.advanceTimersByTime(3_600_000);
  expect(listener.lost).not.toHaveBeenCalled();
  client.send({ type: 'play', runId: 'a' });
  vi.advanceTimersByTime(32_000);
  expect(listener.lost).toHaveBeenCalledOnce();
});

test('a start in a worker that died meanwhile is a loss after half a minute', async () => {
  const { client, listener, worker } = training();
  const stop = client.stop();
  worker(0).say({ type: 'stopped', runId: 'a' });
  await stop;
  vi.advanceTimersByTime(3_600_000);
  client.start(startMessage('b'), listener, 1e6);
  vi.advanceTimersByTime(32_000);
  expect(listener.lost).toHaveBeenCalledOnce();
});

test('a large game may be silent for longer, and each next worker too', () => {
  const large = training({}, 6e9);
  vi.advanceTimersByTime(95_000);
  expect(large.listener.lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(large.listener.lost).toHaveBeenCalledOnce();
  large.train('b', 1);
  vi.advanceTimersByTime(195_000);
  expect(large.listener.lost).toHaveBeenCalledOnce();
});

test('a hidden page waits', () => {
  const { listener } = training({ isHidden: () => true });
  vi.advanceTimersByTime(3_600_000);
  expect(listener.lost).not.toHaveBeenCalled();
});
