/// <reference lib="webworker" />
import { createDecoder } from './decode-bitmap';
import type { FromImageWorker, ToImageWorker } from './image-pool';
import { preparingPhotos } from './prepare-photo';

/** Decodes and resizes what the import worker sends, one image after the other. */
declare const self: DedicatedWorkerGlobalScope;

const prepare = preparingPhotos(createDecoder());

self.onmessage = async ({ data: { bytes, size } }: MessageEvent<ToImageWorker>) => {
  const image: FromImageWorker = await prepare(bytes, size);
  self.postMessage(image, image ? [image.buffer] : []);
};
