import { type Path, pointsBetween } from '@/lib/train/between';
import { givenBy, madeFrom } from '@/lib/train/made-from';
import { noiseInput } from '@/lib/train/sample-set';
import { range } from '@/lib/util/range';
import { parseArguments, wholeNumber } from '../arguments';
import { openTrained, sampledOf, trainedOptions, weightsOf } from '../trained';
import { UsageError } from '../usage';
import { endingOf, writeSamples } from '../write-samples';

const options = {
  ...trainedOptions,
  out: { type: 'string', short: 'o' },
  from: { type: 'string', default: '0' },
  to: { type: 'string', default: '1' },
  steps: { type: 'string', default: '9' },
  path: { type: 'string', default: 'spherical' },
} as const;

/** From the sample of one seed to that of another, as files. */
export async function interpolate(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const { out = '' } = values;
  endingOf(out);
  const ends = [wholeNumber('from', values.from, 0), wholeNumber('to', values.to, 0)] as const;
  const steps = wholeNumber('steps', values.steps, 2, 1_000);
  const path = pathOf(values.path);
  const trained = await openTrained(positionals[0], values);
  if (!trained) return 2;
  const { plan, loop, close } = trained;
  try {
    const of = sampledOf(plan, values.of);
    const weights = weightsOf(values.weights);
    const found = await loop.game.makeSamples({ of, numbers: ends, ...weights });
    const at = noiseInput(plan, found);
    if (at === undefined || !found.read[at])
      throw new UsageError(`${of.node}.${of.port} is made from data, not from noise: nothing lies between.`);
    const way = pointsBetween(madeFrom(found.read, at, 0), madeFrom(found.read, at, 1), steps, path);
    const { samples } = await loop.game.makeSamples({
      of,
      numbers: way.map(() => ends[0]),
      given: givenBy(way, at),
      ...weights,
    });
    writeSamples(out, plan, { ...samples, seeds: range(steps) });
    process.stderr.write(`${steps} samples from seed ${ends[0]} to ${ends[1]}, ${path}.\n`);
  } finally {
    close();
  }
  return 0;
}

function pathOf(text: string): Path {
  if (text === 'linear' || text === 'spherical') return text;
  throw new UsageError(`--path is linear or spherical, not "${text}".`);
}
