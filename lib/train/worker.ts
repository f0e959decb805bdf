/// <reference lib="webworker" />
import { BackendError, startBackend } from '@/lib/engine/backend';
import { createBreathe } from './breathe';
import { createEngines } from './engines';
import { describeStop } from './failures';
import { measureGame } from './measure';
import type { FromWorker, ToWorker } from './protocol';
import { type Run, startRun } from './run';
import { transferables } from './transferables';
import { tryGame } from './trial';

/** Binds runs to messages. One run at a time; a new start ends the one before. */
declare const self: DedicatedWorkerGlobalScope;

let assets = '';
let current: Run | undefined;
const engines = createEngines(() => assets);
const breathe = createBreathe();
/** Counts messages: a trial ends when another one comes. */
let received = 0;
/** Messages are handled one after another: a start or replan is done before what follows it. */
let queue: Promise<void> = Promise.resolve();

const post = (message: FromWorker) => self.postMessage(message, transferables(message));

async function handle(message: ToWorker, number: number): Promise<void> {
  switch (message.type) {
    case 'hello':
      assets = message.assets;
      return post({ type: 'ready' });
    case 'start':
      current?.dispose();
      current = undefined;
      current = await startRun(message, engines, post);
      return;
    case 'measure': {
      const { tf } = await startBackend(message.backend, { assets });
      const msPerIteration = await measureGame(tf, message.plan, message.milliseconds);
      return post({ type: 'measured', runId: message.runId, backend: message.backend, msPerIteration });
    }
    case 'try':
      return tryOut(message, () => received !== number);
    case 'end-try':
      return;
    default:
      if (current?.runId === message.runId) await current.handle(message);
  }
}

type Try = Extract<ToWorker, { type: 'try' }>;

/** On weights of its own: the run that follows is the same as without it. */
async function tryOut(message: Try, isCancelled: () => boolean): Promise<void> {
  const { runId, plan, multiplyAdds, milliseconds } = message;
  if (isCancelled()) return;
  current?.dispose();
  current = undefined;
  const { engine } = await engines.start(message.backend);
  await tryGame({
    tf: engine.tf,
    plan,
    multiplyAdds,
    milliseconds,
    canShrink: engine.name === 'wasm' || engine.name === 'cpu',
    clock: () => performance.now(),
    breathe,
    isCancelled,
    tell: (trial) => post({ type: 'tried', runId, backend: engine.name, trial }),
  });
}

function fail(message: ToWorker, error: unknown): void {
  const runId = 'runId' in message ? message.runId : '';
  if (message.type === 'measure') {
    post({ type: 'measured', runId, backend: message.backend, msPerIteration: null });
    return;
  }
  // A game that cannot be tried cannot be run either; the run will say so.
  if (message.type === 'try') return;
  const diagnostic = error instanceof BackendError ? error.diagnostic : describeStop(error);
  post({ type: 'failed', runId, iteration: 0, diagnostic });
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  const number = ++received;
  queue = queue.then(() => handle(data, number)).catch((error: unknown) => fail(data, error));
};

/** A run goes on between messages; what goes wrong there must be told too. */
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  if (current) fail({ type: 'play', runId: current.runId }, event.reason);
});
