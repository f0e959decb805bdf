/// <reference lib="webworker" />
import { createBreathe } from './breathe';
import { createEngines } from './engines';
import type { ToWorker } from './protocol';
import { provideKeptData } from './provide-data';
import { serve } from './serve';
import { transferables } from './transferables';

/** Binds runs to the messages of a worker. */
declare const self: DedicatedWorkerGlobalScope;

const server = serve({
  post: (message) => self.postMessage(message, transferables(message)),
  breathe: createBreathe(),
  engines: createEngines,
  provide: provideKeptData,
});

self.onmessage = ({ data }: MessageEvent<ToWorker>) => server.receive(data);

/** A run goes on between messages; what goes wrong there must be reported too. */
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  server.crash(event.reason);
});
