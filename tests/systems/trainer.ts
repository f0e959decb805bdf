import { startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { readOptions } from './options';
import { systems } from './table';
import { trainSystem } from './train';

/** One training in a process of its own, asked for as of `run.ts`: `NAME --seeds 1`. What it reached is its message. */
process.once('disconnect', () => process.exit());
const { trainings } = readOptions(process.argv.slice(2), systems, process.env.GANVAS_SYSTEMS === 'fast');
const { system, seed } = defined(trainings[0], 'a training');
const { tf } = await startBackend('wasm');
const trained = await trainSystem(tf, system, seed);
process.send?.(trained, () => process.disconnect());
