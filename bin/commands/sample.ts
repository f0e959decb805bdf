import { type ClassInput, classInputs, drawSet, PROBED } from '@/lib/train/sample-set';
import { parseArguments, wholeNumber } from '../arguments';
import { openTrained, sampledOf, trainedOptions, weightsOf } from '../trained';
import { UsageError } from '../usage';
import { endingOf, writeSamples } from '../write-samples';

const options = {
  ...trainedOptions,
  out: { type: 'string', short: 'o' },
  count: { type: 'string', default: '64' },
  seed: { type: 'string', default: '0' },
  'per-class': { type: 'boolean', default: false },
} as const;

const MOST = 100_000;

/**
 * What a trained game makes, as files: the ending of -o says which. Sample k is drawn by seed k, whatever else is
 * drawn. Exit 2 where there is nothing to sample.
 */
export async function sample(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const { out = '' } = values;
  endingOf(out);
  const count = wholeNumber('count', values.count, 1, MOST);
  const first = wholeNumber('seed', values.seed, 0, 2 ** 31 - 1);
  const trained = await openTrained(positionals[0], values);
  if (!trained) return 2;
  const { plan, loop, close } = trained;
  try {
    const of = sampledOf(plan, values.of);
    const perClass = values['per-class']
      ? theClass(classInputs(plan, await loop.game.makeSamples({ of, numbers: PROBED })))
      : undefined;
    const all = count * (perClass?.names.length ?? 1);
    if (all > MOST)
      throw new UsageError(
        `${all.toLocaleString('en')} samples are too many: at most ${MOST.toLocaleString('en')}.`,
      );
    const found = await drawSet((request) => loop.game.makeSamples(request), {
      of,
      first,
      count,
      ...weightsOf(values.weights),
      ...(perClass && { perClass }),
    });
    writeSamples(out, plan, found);
    const shape = found.dims.slice(1).join(' × ');
    const each = perClass ? ` of each of ${perClass.names.length} classes` : '';
    process.stderr.write(
      `${count} samples${each} of ${of.node}.${of.port}, ${shape}, seeds ${first} to ${first + count - 1}.\n`,
    );
  } finally {
    close();
  }
  return 0;
}

function theClass([found, ...others]: readonly ClassInput[]): ClassInput {
  if (found && others.length === 0) return found;
  throw new UsageError(
    found
      ? `--per-class: samples depend on several labels, ${[found, ...others].map(({ key }) => key).join(' and ')}.`
      : '--per-class: these samples are of no class: nothing that they are made from is a one-hot label.',
  );
}
