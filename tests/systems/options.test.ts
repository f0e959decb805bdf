import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { describe, expect, test } from 'vitest';
import { OptionsError, readOptions } from './options';
import type { System } from './system';

const system = (example: string, seeds: number[], fast: number[]): System => ({
  example,
  iterations: 1,
  seeds,
  fast,
  bars: {},
});
const systems = [system('ring', [1, 2], [1]), system('string', [1], []), system('two-rings', [3], [3])];
const read = (args: string[], isFast = false) =>
  readOptions(args, systems, isFast).trainings.map(({ system: { example }, seed }) => `${example} ${seed}`);

describe('options of the systems', () => {
  test('nothing: every system at its own seeds, or the fast ones at theirs', () => {
    expect(read([])).toEqual(['ring 1', 'ring 2', 'string 1', 'two-rings 3']);
    expect(read([], true)).toEqual(['ring 1', 'two-rings 3']);
  });

  test('a brief training takes the place of the whole one among the fast ones alone', () => {
    const whole = system('ring', [1], [2]);
    const brief = { iterations: 5, bars: { x: [['>=', 1]] } } as const;
    const trained = (isFast: boolean) => readOptions([], [{ ...whole, brief }], isFast).trainings;
    expect(trained(true)).toMatchObject([{ system: { example: 'ring', ...brief }, seed: 2 }]);
    expect(trained(false)).toMatchObject([{ system: { iterations: 1, bars: {} }, seed: 1 }]);
  });

  test('a name is a whole one, else a part of some; each is taken once', () => {
    expect(read(['ring'])).toEqual(['ring 1', 'ring 2']);
    expect(read(['ring', 'ri', 'ring'])).toEqual(['ring 1', 'ring 2', 'string 1', 'two-rings 3']);
  });

  test('--seeds takes the place of all seeds', () => {
    expect(read(['--seeds', '11,12', 'ring'])).toEqual(['ring 11', 'ring 12']);
    expect(read(['--seeds=7, 7', 'string'])).toEqual(['string 7']);
    expect(read(['--seeds', '0', 'two'], true)).toEqual(['two-rings 0']);
  });

  test('--shard: all parts together are the whole, each training in one of them', () => {
    const parts = ['1/3', '2/3', '3/3'].map((part) => read(['--shard', part]));
    expect(parts).toEqual([['ring 1', 'two-rings 3'], ['ring 2'], ['string 1']]);
  });

  test('--jobs: as many at a time as there are cores, or as many as asked', () => {
    expect(readOptions([], systems, false).jobs).toBe(availableParallelism());
    expect(readOptions(['--jobs', '3'], systems, false).jobs).toBe(3);
  });

  test.each([
    [['rung'], /no system "rung"; there are: ring, string, two-rings/],
    [['--seeds', '11,x'], /--seeds takes whole numbers.*"11,x"/],
    [['--seeds', ''], /--seeds/],
    [['--seeds', '-1'], /--seeds/],
    [['--shard', '4/3'], /--shard.*"4\/3"/],
    [['--shard', '0/3'], /--shard/],
    [['--jobs', '0'], /--jobs.*"0"/],
    [['--sing'], /--sing/],
  ])('%j: a sentence', (args, sentence) => {
    expect(() => read(args)).toThrow(OptionsError);
    expect(() => read(args)).toThrow(sentence);
  });

  test('the command: an unknown name is exit 2 and a sentence, no trace', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'tests/systems/run.ts', 'rung'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^There is no system "rung"; there are: [^\n]*\n$/);
  }, 60_000);
});
