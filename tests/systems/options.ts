import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { reasonOf } from '@/lib/util/reason-of';
import type { System } from './system';

/** One training: a system at a seed. */
export interface Training {
  readonly system: System;
  readonly seed: number;
}

export interface Options {
  readonly trainings: readonly Training[];
  /** How many train at a time. */
  readonly jobs: number;
  /** A file for the counts, as JSON. */
  readonly report: string | undefined;
}

/** What was asked for cannot be run: a sentence for whoever asked. */
export class OptionsError extends Error {}

/**
 * `[NAME ...] [--seeds 11,12] [--shard I/N] [--jobs N]`: the systems of these names, or else those that have one of
 * them in their own, at these seeds instead of their own, and of all those trainings every N-th, some at a time. Fast
 * systems only, at their fast seeds, where `isFast`.
 */
export function readOptions(args: string[], systems: readonly System[], isFast: boolean): Options {
  const { values, positionals } = parse(args);
  const seeds = values.seeds === undefined ? undefined : readSeeds(values.seeds);
  const chosen = positionals.length === 0 ? systems : [...new Set(positionals.flatMap(named(systems)))];
  const trainings = chosen.flatMap((system) =>
    (seeds ?? (isFast ? system.fast : system.seeds)).map((seed) => ({
      system: isFast ? { ...system, ...system.brief } : system,
      seed,
    })),
  );
  return {
    trainings: shardOf(trainings, values.shard),
    jobs: readJobs(values.jobs),
    report: values.report,
  };
}

function parse(args: string[]) {
  try {
    const options = {
      seeds: { type: 'string' },
      shard: { type: 'string' },
      jobs: { type: 'string' },
      report: { type: 'string' },
    } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new OptionsError(reasonOf(error));
  }
}

const named =
  (systems: readonly System[]) =>
  (name: string): readonly System[] => {
    const exact = systems.filter(({ example }) => example === name);
    const found = exact.length > 0 ? exact : systems.filter(({ example }) => example.includes(name));
    if (found.length > 0) return found;
    throw new OptionsError(
      `There is no system "${name}"; there are: ${systems.map(({ example }) => example).join(', ')}.`,
    );
  };

function readSeeds(text: string): readonly number[] {
  const seeds = text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  if (seeds.every(Number.isSafeInteger)) return [...new Set(seeds)];
  throw new OptionsError(`--seeds takes whole numbers from 0, like 11,12, not "${text}".`);
}

function shardOf(trainings: readonly Training[], text = '1/1'): readonly Training[] {
  const [, part, parts] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part && parts && part <= parts) return trainings.filter((_, i) => i % parts === part - 1);
  throw new OptionsError(`--shard takes a part of all trainings, like 1/3, 2/3 and 3/3, not "${text}".`);
}

function readJobs(text = String(availableParallelism())): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new OptionsError(`--jobs takes how many train at a time, from 1, not "${text}".`);
}
