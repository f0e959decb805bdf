import { findExample } from '@/lib/examples/catalogue';
import { defined } from '@/lib/util/assert';
import type { Outcome } from './judge';
import type { Bar } from './system';

const HEAD = ['row', 'system', 'metric', 'bar'];
const MISSED = ' MISSED';

/**
 * The outcomes as a table in Markdown, a line for each bar: row of the table of systems, system, metric, bar, its figure at
 * each seed, what the control reached of the same or, where the bar is on the control, what it is, iterations,
 * and the seconds of all its trainings.
 */
export function tableOf(outcomes: readonly Outcome[]): string {
  const seeds = [...new Set(outcomes.map(({ seed }) => seed))].sort((a, b) => a - b);
  const systems = [...new Map(outcomes.map(({ system }) => [system.example, system])).values()];
  const lines = systems.flatMap((system) => {
    const own = outcomes.filter((outcome) => outcome.system.example === system.example);
    const { rows } = defined(findExample(system.example), system.example);
    const seconds = own.reduce((sum, outcome) => sum + outcome.seconds, 0);
    return Object.entries(system.bars).map(([name, bars], i) => [
      i === 0 ? rows.join(', ') || '-' : '',
      i === 0 ? system.example : '',
      name,
      sayBars(bars),
      ...seeds.map((seed) => figureAt(own, seed, name)),
      controlOf(own, name),
      i === 0 ? String(system.iterations) : '',
      i === 0 ? seconds.toFixed(1) : '',
    ]);
  });
  const head = [...HEAD, ...seeds.map((seed) => `seed ${seed}`), 'control', 'iterations', 'seconds'];
  return align([head, head.map(() => '---'), ...lines]);
}

/** A training as it ends: what it missed, and figures that no bar is on. */
export function sayOutcome({
  system,
  seed,
  iterations,
  seconds,
  figures,
  judged,
  failures,
}: Outcome): string {
  const missed = judged
    .filter(({ isHeld }) => !isHeld)
    .map(({ name, value }) => `missed: ${name} = ${say(value)}, wanted ${sayBars(system.bars[name] ?? [])}`);
  const others = Object.entries(figures)
    .filter(([name]) => !Object.hasOwn(system.bars, name) && !name.includes('/start/'))
    .map(([name, value]) => `${name} = ${say(value)}`);
  const controls = Object.values(system.controls ?? {}).map(({ says }) => says);
  const control = controls.length > 0 ? `, control (${controls.join('; ')}) too` : '';
  const head = `${system.example}, seed ${seed}${control}: ${iterations} iterations in ${seconds.toFixed(1)} s`;
  const failed = failures.map((failure) => `failed: ${failure}`);
  return [head, ...failed, ...missed, ...(others.length > 0 ? [`also ${others.join(', ')}`] : [])].join(
    '\n  ',
  );
}

function figureAt(outcomes: readonly Outcome[], seed: number, name: string): string {
  const outcome = outcomes.find((one) => one.seed === seed);
  const judged = outcome?.judged.find((one) => one.name === name);
  if (!outcome || !judged) return '';
  return say(judged.value) + (judged.isHeld ? '' : MISSED) + (outcome.failures.length > 0 ? ' FAILED' : '');
}

function controlOf(outcomes: readonly Outcome[], name: string): string {
  const controls = Object.entries(outcomes[0]?.system.controls ?? {});
  const own = controls.find(([control]) => name.startsWith(`${control}/`));
  if (own) return own[1].says;
  const figures = outcomes.map(({ figures: all }) => all[`control/${name}`]);
  return figures.flatMap((figure) => (figure === undefined ? [] : [say(figure)])).join(' ');
}

const say = (value: number): string => String(Number(value.toPrecision(4)));

const sayBars = (bars: readonly Bar[]): string =>
  bars.map(([sign, limit]) => `${sign} ${say(limit)}`).join(' and ');

function align(lines: readonly (readonly string[])[]): string {
  const widths = defined(lines[0], 'head').map((_, i) =>
    Math.max(...lines.map((line) => line[i]?.length ?? 0)),
  );
  return lines
    .map((line) => {
      const isRule = line[0] === '---';
      const cells = line.map((cell, i) => (isRule ? '-' : cell).padEnd(widths[i] ?? 0, isRule ? '-' : ' '));
      return `| ${cells.join(' | ')} |\n`;
    })
    .join('');
}
