/// <reference lib="webworker" />
import { BackendError, startFirst } from '@/lib/engine/backend';
import { measureGame } from './measure';
import type { FromWorker, ToWorker } from './protocol';
import { type Run, startRun } from './run';
import { transferables } from './transferables';

/** Binds runs to messages. One run at a time; a new start ends the one before. */
declare const self: DedicatedWorkerGlobalScope;

let assets = '';
let current: Run | undefined;
/** Messages are handled one after another: a start or replan is done before what follows it. */
let queue: Promise<void> = Promise.resolve();

const post = (message: FromWorker) => self.postMessage(message, transferables(message));

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'hello':
      assets = message.assets;
      return post({
        type: 'ready',
        threads: self.navigator.hardwareConcurrency,
        isolated: self.crossOriginIsolated,
      });
    case 'start':
      current?.dispose();
      current = undefined;
      current = await startRun(message, assets, post);
      return;
    case 'measure': {
      const { engine } = await startFirst([message.backend], { assets });
      const msPerIteration = await measureGame(engine.tf, message.plan, message.milliseconds);
      return post({ type: 'measured', runId: message.runId, backend: message.backend, msPerIteration });
    }
    default:
      if (current?.runId === message.runId) await current.handle(message);
  }
}

function fail(message: ToWorker, error: unknown): void {
  const runId = 'runId' in message ? message.runId : '';
  if (message.type === 'measure') {
    post({ type: 'measured', runId, backend: message.backend, msPerIteration: null });
    return;
  }
  const text = error instanceof Error ? error.message : String(error);
  const diagnostic =
    error instanceof BackendError
      ? error.diagnostic
      : ({ code: 'run-failed', severity: 'error', message: `The run stopped: ${text}` } as const);
  post({ type: 'failed', runId, iteration: 0, diagnostic });
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  queue = queue.then(() => handle(data)).catch((error: unknown) => fail(data, error));
};

/** A run goes on between messages; what goes wrong there must be told too. */
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  if (current) fail({ type: 'play', runId: current.runId }, event.reason);
});
