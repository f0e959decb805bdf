import { startBackend } from '@/lib/engine/backend';
import { createBreathe } from '@/lib/train/breathe';
import { encodeCheckpoint } from '@/lib/train/checkpoint';
import { silent } from '@/lib/train/loop-events';
import { createSnapshots } from '@/lib/train/snapshots';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { createTrainingLoop, type TrainingLoop } from '@/lib/train/training-loop';
import { processorTime } from './processor-time';

/**
 * `npm run bench -- looking`: what it costs to look at a run, as processor time of an iteration over that of the same
 * run that nobody looks at. All take turns in one process. Views and metrics are left out: they are the game's own.
 */
const ROUNDS = 5;
const games = [
  { id: 'ring', iterations: 300, layer: 'd-dense-2' },
  { id: 'dcgan-glyphs', iterations: 80, layer: 'd-conv-2' },
];

interface Variant {
  readonly name: string;
  readonly live: boolean;
  readonly keeps?: boolean;
  open?(loop: TrainingLoop, layer: string): void;
}

const variants: readonly Variant[] = [
  { name: 'nobody looks', live: false },
  { name: 'checks and scores, X-rays closed', live: true },
  { name: 'snapshots', live: false, keeps: true },
  { name: 'one X-ray', live: true, open: (loop, layer) => loop.xray([layer, `${layer}.out`]) },
  { name: 'layers coloured', live: true, open: (loop) => loop.tint('gradient') },
];

export async function measureLooking(): Promise<void> {
  const { tf } = await startBackend('wasm');
  for (const { id, iterations, layer } of games) {
    const plan = { ...planOf(loadExample(id, { iterations: 1e9 })), views: [], metrics: [] };
    if (!plan.networks.some(({ nodes }) => nodes.some((node) => node.id === layer)))
      throw new Error(`${id} has no ${layer}`);
    const loops = variants.map(({ live, keeps, open }) => {
      const snapshots = createSnapshots({
        write: async (checkpoint) => void encodeCheckpoint(checkpoint),
        kept: () => {},
        notKept: (message) => {
          throw new Error(message);
        },
        clock: () => performance.now(),
      });
      const loop = createTrainingLoop({
        tf,
        plan,
        clock: () => performance.now(),
        breathe: createBreathe(),
        readsAtOnce: true,
        live,
        events: silent,
        ...(keeps && { snapshots }),
      });
      open?.(loop, layer);
      return loop;
    });
    const times = loops.map((): number[] => []);
    for (let round = 0; round <= ROUNDS; round++)
      for (const [i, loop] of loops.entries()) {
        loop.setTarget(loop.game.counters.iteration + iterations);
        const spent = await processorTime(() => loop.play());
        // The first compiles and allocates.
        if (round > 0) times[i]?.push(spent / iterations);
      }
    const medians = times.map(
      (spent) => spent.sort((a, b) => a - b)[Math.floor(spent.length / 2)] ?? Number.NaN,
    );
    const [bare = Number.NaN] = medians;
    for (const [i, { name }] of variants.entries())
      console.log(
        `${id.padEnd(14)} ${name.padEnd(34)} ${medians[i]?.toFixed(2)} ms  ${((medians[i] ?? 0) / bare).toFixed(3)}`,
      );
    for (const loop of loops) loop.dispose();
  }
}
