import { type ParseArgsConfig, parseArgs } from 'node:util';
import { reasonOf } from '@/lib/util/reason-of';
import { UsageError } from './usage';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The number of an option: `--seed 3`. */
export function wholeNumber(
  option: string,
  text: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const upTo = most < Number.MAX_SAFE_INTEGER ? ` to ${most.toLocaleString('en')}` : '';
  throw new UsageError(`--${option} takes a whole number from ${least}${upTo}, not "${text}".`);
}

/** Options and positional arguments of a command. What it does not know is a sentence, not a crash. */
export function parseArguments<const T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(reasonOf(error));
  }
}
