import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { at, type Bar, systems } from './table';
import { trainSystem } from './train';

/** Does each GAN learn? Every figure is printed next to its bars, whether it passes or not. */
const isFast = process.env.GANVAS_SYSTEMS === 'fast';

const holds = (value: number, [sign, limit]: Bar): boolean =>
  sign === '>=' ? value >= limit : value <= limit;

const say = (value: number): number => Number(value.toPrecision(4));

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

describe.each(systems.filter(({ fast }) => !isFast || fast.length > 0))('$example', (system) => {
  test.each(isFast ? system.fast : system.seeds)('learns at seed %i', async (seed) => {
    const { iterations, seconds, figures, failures } = await trainSystem(engine.tf, system, seed);
    const missed: string[] = [];
    const lines = Object.entries(system.bars).map(([name, bars]) => {
      const value = at(figures, name);
      const wanted = bars.map(([sign, limit]) => `${sign} ${say(limit)}`).join(' and ');
      // NaN holds no bar.
      const line = `${name} = ${say(value)}, wanted ${wanted}`;
      if (!bars.every((bar) => holds(value, bar))) missed.push(line);
      return line;
    });
    const others = Object.entries(figures)
      .filter(([name]) => !Object.hasOwn(system.bars, name) && !name.startsWith('control/start/'))
      .map(([name, value]) => `${name} = ${say(value)}`);
    const control = system.control ? `, control (${system.control.says}) too` : '';
    const head = `${system.example}, seed ${seed}${control}: ${iterations} iterations in ${seconds.toFixed(1)} s`;
    console.log([head, ...lines, `also ${others.join(', ')}`].join('\n  '));
    expect(failures).toEqual([]);
    expect(iterations).toBe(system.iterations);
    expect(missed).toEqual([]);
  });
});

test('a bar that is missed is missed', () => {
  expect(holds(Number.NaN, ['>=', 0]) || holds(Number.NaN, ['<=', 0])).toBe(false);
  expect(holds(7, ['>=', 8])).toBe(false);
  expect(holds(8, ['>=', 8])).toBe(true);
  expect(() => at({ 'quality.modes': 8 }, 'quality.mode')).toThrow('quality.modes');
});
