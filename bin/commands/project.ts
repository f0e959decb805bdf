import { existsSync } from 'node:fs';
import type { Plan } from '@/lib/compile/plan';
import { imageDims } from '@/lib/data/files/import-options';
import { sizeOf } from '@/lib/shapes/shape';
import { findNoise } from '@/lib/train/find-noise';
import { noiseInput, PROBED, unitsOf } from '@/lib/train/sample-set';
import { parseArguments, wholeNumber } from '../arguments';
import { openData } from '../data-files';
import { openTrained, sampledOf, trainedOptions, weightsOf } from '../trained';
import { UsageError } from '../usage';
import { endingOf, writeSamples } from '../write-samples';

const options = {
  ...trainedOptions,
  out: { type: 'string', short: 'o' },
  target: { type: 'string' },
  steps: { type: 'string', default: '200' },
  'any-length': { type: 'boolean', default: false },
} as const;

const LEARNING_RATE = 0.05;

/**
 * The noise from which a generator makes what is nearest to an image, or to a point in the units of its data: JSON on
 * standard output. Noise is no longer than that of samples, but with --any-length. With -o target and sample, in the formats of sample.
 */
export async function project(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const { out, target: given } = values;
  if (given === undefined)
    throw new UsageError("Near to what? --target takes the file of an image, or numbers: --target '0.5,-1'.");
  if (out !== undefined) endingOf(out);
  const steps = wholeNumber('steps', values.steps, 1, 10_000);
  const trained = await openTrained(positionals[0], values);
  if (!trained) return 2;
  const { plan, loop, close } = trained;
  try {
    const of = sampledOf(plan, values.of);
    const weights = weightsOf(values.weights);
    const probed = await loop.game.makeSamples({ of, numbers: PROBED.slice(0, 2), ...weights });
    const at = noiseInput(plan, probed);
    if (at === undefined)
      throw new UsageError(`${of.node}.${of.port} is made from data, not from noise: there is none to find.`);
    const target = await readTarget(plan, given, probed.samples.dims.slice(1));
    const request = { of, at, target, steps, learningRate: LEARNING_RATE, ...weights };
    const { samples, read, costs, start } = await findNoise(loop.game, {
      ...request,
      isAnyLength: values['any-length'],
    });
    if (out !== undefined) {
      const both = new Float32Array([...target, ...samples.data]);
      const dims = [2, ...samples.dims.slice(1)];
      writeSamples(out, plan, { dims, data: both, seeds: [0, 1] });
    }
    const result = {
      of: `${of.node}.${of.port}`,
      rms: Math.sqrt(costs[0] ?? 0),
      start: { by: start.by, rms: start.distance },
      at,
      noise: [...(read[at]?.data ?? [])],
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } finally {
    close();
  }
  return 0;
}

/** In the numbers of the game. */
async function readTarget(plan: Plan, given: string, dims: readonly number[]): Promise<Float32Array> {
  const size = sizeOf(dims);
  const image = imageDims(dims);
  if (image && existsSync(given)) {
    const opened = await openData(given);
    const { arrays } = await opened.read({ shape: image, fit: 'crop' });
    const values = arrays[0]?.values ?? [];
    if (values.length >= size)
      return Float32Array.from({ length: size }, (_, i) => Number(values[i]) / 127.5 - 1);
    throw new UsageError(`--target ${given} holds no image.`);
  }
  const numbers = given.split(',').map((text) => Number(text.trim() || Number.NaN));
  if (numbers.length !== size || !numbers.every(Number.isFinite))
    throw new UsageError(
      image
        ? `--target ${given}: there is no such file.`
        : `--target takes ${size} numbers with commas between them, not "${given}".`,
    );
  const units = unitsOf(plan, { dims: [1, ...dims] });
  const { offset = [0], spread = [1] } = units ?? {};
  return Float32Array.from(
    numbers,
    (value, i) => (value - (offset[i % offset.length] as number)) / (spread[i % spread.length] as number),
  );
}
