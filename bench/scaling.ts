import type { Graph } from '@/lib/graph/schema';
import { resultFiles, writeResults } from './files';
import {
  adam,
  buildGame,
  convolutionalDiscriminator,
  convolutionalGenerator,
  glyphImages,
  mlp,
} from './games/build';
import { multiplyAddsOf } from './games/games';
import { machine, versions } from './machine';
import { processorTime } from './processor-time';
import type { Scaling } from './results';
import { createOurs } from './sides/ours';
import { fitLine, fitPower, summarise } from './summary';
import { fitRows, printRows, scalingRows } from './table';

/**
 * `npm run bench -- scaling`: processor ms per iteration on WASM as a game grows along one axis, against its
 * multiply-adds. The points of an axis take turns in one process.
 */
const REPEATS = 5;
const SAMPLE_MS = 400;

interface Axis {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  game(value: number): Graph;
}

const perceptron = ({ width = 256, depth = 3, batch = 64 }) => {
  const hidden = Array.from({ length: depth }, () => width);
  return buildGame({
    title: 'MLP on flattened images',
    settings: { batchSize: batch },
    latent: 100,
    data: glyphImages(28),
    generator: mlp([...hidden, 784], 'relu', 'tanh'),
    discriminator: mlp([...hidden, 1], 'leaky-relu'),
    adam,
    prepare: { kind: 'flatten' },
  });
};

const convolutional = ({ base = 7, narrow = 32 }) => {
  const scale = { base, channels: 1, wide: 2 * narrow, narrow };
  return buildGame({
    title: 'DCGAN',
    settings: { batchSize: 32, batches: 'per-iteration' },
    latent: 100,
    data: glyphImages(4 * base),
    generator: convolutionalGenerator(scale),
    discriminator: convolutionalDiscriminator(scale, { batchNorm: true }),
    adam,
  });
};

const axes: readonly Axis[] = [
  {
    name: 'MLP, width',
    unit: 'units',
    values: [64, 128, 256, 512, 1024],
    game: (width) => perceptron({ width }),
  },
  { name: 'MLP, depth', unit: 'layers', values: [2, 4, 8, 16], game: (depth) => perceptron({ depth }) },
  {
    name: 'MLP, batch',
    unit: 'rows',
    values: [16, 32, 64, 128, 256, 512],
    game: (batch) => perceptron({ batch }),
  },
  {
    name: 'DCGAN, channels',
    unit: 'channels',
    values: [8, 16, 32, 64],
    game: (narrow) => convolutional({ narrow }),
  },
  {
    name: 'DCGAN, image size',
    unit: 'px',
    values: [16, 28, 40, 52, 64],
    game: (size) => convolutional({ base: size / 4 }),
  },
];

async function measure({ name, unit, values, game }: Axis): Promise<Scaling['axes'][number]> {
  const points = [];
  for (const value of values) {
    const document = game(value);
    const side = await createOurs(document, 'wasm');
    await side.run(1);
    const expected = await processorTime(() => side.run(1));
    const iterations = Math.max(1, Math.round(SAMPLE_MS / expected));
    points.push({ value, multiplyAdds: multiplyAddsOf(document) ?? 0, side, iterations });
  }
  const samples = points.map((): number[] => []);
  for (let repeat = 0; repeat < REPEATS; repeat++)
    for (const [i, { side, iterations }] of points.entries())
      samples[i]?.push((await processorTime(() => side.run(iterations))) / iterations);
  const measured = points.map(({ value, multiplyAdds }, i) => ({
    value,
    multiplyAdds,
    ...summarise(samples[i] ?? []),
  }));
  const pairs = measured.map(({ multiplyAdds, median }) => [multiplyAdds, median] as const);
  return { name, unit, points: measured, fit: fitPower(pairs), line: fitLine(pairs) };
}

export async function measureScaling(): Promise<void> {
  const measured = [];
  for (const axis of axes) measured.push(await measure(axis));
  const scaling: Scaling = { machine: machine(), versions: versions(), axes: measured };
  for (const rows of [scalingRows(scaling), fitRows(scaling)]) console.log(`${printRows(rows)}\n`);
  writeResults(resultFiles.scaling, scaling);
}
