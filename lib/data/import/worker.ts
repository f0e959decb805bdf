/// <reference lib="webworker" />
import { createDecoder } from './decode-bitmap';
import type { ToImportWorker } from './protocol';
import { serveImport } from './serve-import';

/** Binds imports to the messages of a worker. */
declare const self: DedicatedWorkerGlobalScope;

const receive = serveImport(createDecoder(), (message) => self.postMessage(message));

self.onmessage = ({ data }: MessageEvent<ToImportWorker>) => receive(data);
