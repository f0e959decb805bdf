/// <reference lib="webworker" />
import { preparing } from '../files/images';
import { createDecoder } from './decode-bitmap';
import type { FromImageWorker, ToImageWorker } from './image-pool';

/** Decodes and resizes what the import worker sends, one image after the other. */
declare const self: DedicatedWorkerGlobalScope;

const prepare = preparing(createDecoder());
let queue: Promise<void> = Promise.resolve();

self.onmessage = ({ data: { bytes, size } }: MessageEvent<ToImageWorker>) => {
  queue = queue.then(async () => {
    const image: FromImageWorker = await prepare(bytes, size);
    self.postMessage(image, image ? [image.buffer] : []);
  });
};
