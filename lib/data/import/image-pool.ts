import type { ImageSize, PrepareImage } from '../files/images';

/** What an image worker is asked, and what it answers, in the same order. */
export interface ToImageWorker {
  /** Moved, not copied. */
  readonly bytes: Uint8Array;
  readonly size: ImageSize;
}

/** Undefined of a damaged image. */
export type FromImageWorker = Uint8Array | undefined;

/** What is needed of a worker. */
export interface ImageWorker {
  postMessage(message: ToImageWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromImageWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/**
 * Images prepared by several workers at once, each of them one at a time. Where one cannot be started, as in browsers
 * whose workers start none, `otherwise` does its work.
 */
export function createImagePool(
  count: number,
  spawn: () => ImageWorker,
  otherwise: PrepareImage,
): PrepareImage {
  let workers: readonly ReturnType<typeof createLine>[] | undefined;
  let isBroken = false;
  return async (bytes, size) => {
    try {
      workers ??= Array.from({ length: count }, () => createLine(spawn()));
    } catch {
      isBroken = true;
    }
    const free = workers?.reduce((least, each) => (each.waiting() < least.waiting() ? each : least));
    if (isBroken || !free) return otherwise(bytes, size);
    return free.prepare(bytes.slice(), size).catch(() => {
      isBroken = true;
      return otherwise(bytes, size);
    });
  };
}

/** A worker and those who wait for it. */
function createLine(worker: ImageWorker) {
  const waiting: { resolve(image: FromImageWorker): void; reject(): void }[] = [];
  worker.onmessage = ({ data }) => waiting.shift()?.resolve(data);
  worker.onerror = () => {
    for (const each of waiting.splice(0)) each.reject();
  };
  return {
    waiting: () => waiting.length,
    prepare: (bytes: Uint8Array, size: ImageSize) =>
      new Promise<FromImageWorker>((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage({ bytes, size }, [bytes.buffer]);
      }),
  };
}
