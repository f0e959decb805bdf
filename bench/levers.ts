import { installKernels, uninstallKernels } from '@/lib/engine/kernels/install';
import { installTape, uninstallTape } from '@/lib/engine/tape';
import { resultFiles, writeResults } from './files';
import { gameDocument } from './games/games';
import { machine, versions } from './machine';
import { processorTime } from './processor-time';
import type { Levers } from './results';
import { createOurs } from './sides/ours';
import { pairedRatio } from './summary';
import { leverRows, printRows } from './table';

/**
 * `npm run bench -- levers`: what each optimisation of the WASM engine is worth, as processor time without it
 * over processor time with it. Both take turns in one process, by taking the lever out and putting it back.
 */
const REPEATS = 7;
const SAMPLE_MS = 400;

const games = ['mlp-2d', 'gan-lab', 'mlp-784', 'dcgan-28', 'wgan-gp-28', 'dcgan-32'];

interface Lever {
  readonly name: string;
  /** Takes it out; the result puts it back. */
  take(): () => void;
}

const kernels =
  (...names: readonly string[]) =>
  () => {
    uninstallKernels('wasm', names);
    return () => installKernels('wasm');
  };

const levers: readonly Lever[] = [
  { name: 'own products of matrices', take: kernels('BatchMatMul') },
  { name: 'own convolution and its input gradient', take: kernels('Conv2D', 'Conv2DBackpropInput') },
  { name: 'dense layer in one kernel', take: kernels('GanvasAffine') },
  {
    name: 'batch norm in one kernel',
    take: kernels('GanvasBatchNormalise', 'GanvasBatchNormaliseGradient'),
  },
  { name: 'cross-entropy in one kernel', take: kernels('GanvasCrossEntropy', 'GanvasCrossEntropyGradient') },
  { name: 'Adam in one kernel', take: kernels('GanvasAdamStep') },
  { name: 'weights packed and cut in one kernel', take: kernels('GanvasPack', 'GanvasUnpack') },
  {
    name: 'activations and their gradients',
    take: kernels(
      'Exp',
      'Tanh',
      'GanvasTanhGradient',
      'GanvasSigmoidGradient',
      'LeakyRelu',
      'GanvasLeakyReluGradient',
    ),
  },
  { name: 'sums, means, tiles, casts', take: kernels('Sum', 'Mean', 'Tile', 'Cast', 'Identity') },
  {
    name: 'saved tensors as references',
    take() {
      uninstallTape();
      return installTape;
    },
  },
];

async function measure(game: string): Promise<Levers['games'][number]> {
  const side = await createOurs(gameDocument(game), 'wasm');
  await side.run(3);
  const once = (await processorTime(() => side.run(3))) / 3;
  const iterations = Math.max(2, Math.round(SAMPLE_MS / once));
  const sample = () => processorTime(() => side.run(iterations));
  const ratios = [];
  for (const { take } of levers) {
    const [without, own]: [number[], number[]] = [[], []];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      own.push(await sample());
      const putBack = take();
      without.push(await sample());
      putBack();
    }
    // The first of each also warms up what it runs on.
    ratios.push(pairedRatio(without.slice(1), own.slice(1)));
  }
  return { game, ratios };
}

export async function measureLevers(): Promise<void> {
  const measured = [];
  for (const game of games) measured.push(await measure(game));
  const result: Levers = {
    machine: machine(),
    versions: versions(),
    levers: levers.map(({ name }) => name),
    games: measured,
  };
  console.log(`${printRows(leverRows(result))}\n`);
  writeResults(resultFiles.levers, result);
}
