import { expect, test } from 'vitest';
import { createImagePool, type ImageWorker, type ToImageWorker } from './image-pool';

const size = { shape: [2, 2, 1], fit: 'crop' } as const;
const bytes = (value: number) => Uint8Array.of(value);

/** Workers that answer when they are asked to, and keep what they were sent. */
function fakes(options: { readonly fails?: boolean } = {}) {
  const sent: number[][] = [];
  const workers: ImageWorker[] = [];
  const spawn = (): ImageWorker => {
    if (options.fails) throw new Error('no worker in a worker');
    const own: number[] = [];
    sent.push(own);
    const worker: ImageWorker = {
      onmessage: null,
      onerror: null,
      postMessage: ({ bytes: [value = 0] }: ToImageWorker) => void own.push(value),
    };
    workers.push(worker);
    return worker;
  };
  const answer = (worker: number, image: Uint8Array | undefined) =>
    workers[worker]?.onmessage?.({ data: image } as MessageEvent<Uint8Array | undefined>);
  return { spawn, sent, workers, answer };
}
const never = () => Promise.reject(new Error('not here'));

test('each image goes to the worker that has the least to do, and comes back to who asked', async () => {
  const { spawn, sent, answer } = fakes();
  const prepare = createImagePool(2, spawn, never);
  const found = [1, 2, 3].map((value) => prepare(bytes(value), size));
  await Promise.resolve();
  expect(sent).toEqual([[1, 3], [2]]);
  answer(1, bytes(20));
  answer(0, undefined);
  answer(0, bytes(30));
  expect(await Promise.all(found)).toEqual([undefined, bytes(20), bytes(30)]);
});

test('without workers, or when one ends, the thread does it itself', async () => {
  const here = async ([value = 0]: Uint8Array) => bytes(value + 1);
  expect(await createImagePool(2, fakes({ fails: true }).spawn, here)(bytes(1), size)).toEqual(bytes(2));
  const { spawn, workers } = fakes();
  const prepare = createImagePool(1, spawn, here);
  const found = prepare(bytes(5), size);
  await Promise.resolve();
  workers[0]?.onerror?.({} as ErrorEvent);
  expect(await found).toEqual(bytes(6));
  expect(await prepare(bytes(7), size)).toEqual(bytes(8));
});
