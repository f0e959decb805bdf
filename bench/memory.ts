import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { loadCore } from '@/lib/engine/core';
import { resultFiles, writeResults } from './files';
import { gameDocument } from './games/games';
import { machine, versions } from './machine';
import type { MemoryResult } from './results';
import { createOurs } from './sides/ours';
import { memoryRows, printRows } from './table';

/** `npm run bench -- memory`: what 10,000 iterations hold, by tfjs's own count and by the WASM heap. */
const GAME = 'mlp-2d';
const ITERATIONS = 10_000;
const EVERY = 500;

/** True where nothing grew after the first look. */
export async function measureMemory(): Promise<boolean> {
  const side = await createOurs(gameDocument(GAME), 'wasm');
  const tf = await loadCore();
  const { wasm } = tf.backend() as BackendWasm;
  const looks = [];
  for (let iteration = EVERY; iteration <= ITERATIONS; iteration += EVERY) {
    await side.run(EVERY);
    const { numTensors, numBytes } = tf.memory();
    const heap = (wasm as unknown as { HEAPU8: Uint8Array }).HEAPU8.byteLength;
    looks.push({ iteration, tensors: numTensors, bytes: numBytes, heap });
  }
  const [first] = looks;
  const isFlat = looks.every(
    ({ tensors, bytes, heap }) => tensors === first?.tensors && bytes === first.bytes && heap === first.heap,
  );
  const memory: MemoryResult = { game: GAME, machine: machine(), versions: versions(), looks, isFlat };
  console.log(printRows(memoryRows(memory)));
  console.log(isFlat ? 'Flat.' : 'NOT flat.');
  writeResults(resultFiles.memory, memory);
  return isFlat;
}
