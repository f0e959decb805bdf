/// <reference lib="webworker" />
import { createDecoder } from './decode-bitmap';
import { createImagePool, type ImageWorker } from './image-pool';
import { preparingPhotos } from './prepare-photo';
import type { ToImportWorker } from './protocol';
import { serveImport } from './serve-import';

/** Binds imports to the messages of a worker. */
declare const self: DedicatedWorkerGlobalScope;

/** As many as there are cores; beyond these, memory is what they need. */
const workers = Math.min(4, Math.max(1, navigator.hardwareConcurrency));

const decode = createDecoder();
const spawn = () =>
  new Worker(new URL('./image-worker.ts', import.meta.url), {
    type: 'module',
    name: 'ganvas-image',
  }) as ImageWorker;
const receive = serveImport(
  decode,
  (message) => self.postMessage(message),
  createImagePool(workers, spawn, preparingPhotos(decode)),
);

self.onmessage = ({ data }: MessageEvent<ToImportWorker>) => receive(data);
