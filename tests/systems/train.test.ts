import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { loadExample, planOf, record, withParams } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { muted } from './controls';
import type { System } from './system';
import { trainSystem } from './train';

let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});
afterAll(() => engine.dispose());

const xy: System = { example: 'xy', iterations: 7, seeds: [1], fast: [], bars: {} };

test('averaged figures are means over counted iterations, and averaging changes no run', async () => {
  const plain = await trainSystem(engine.tf, xy, 1);
  const averaged = await trainSystem(engine.tf, { ...xy, averaged: { from: 3, every: 2 } }, 1);

  const { loop } = record(engine.tf, planOf(loadExample('xy', { iterations: 7 })));
  const seen: number[] = [];
  for (let iteration = 1; iteration <= 7; iteration++) {
    await loop.step();
    const { mean } = defined((await loop.measure()).state, 'state');
    if ([3, 5, 7].includes(iteration)) seen.push(defined(mean, 'mean'));
  }
  loop.dispose();
  expect(averaged.iterations).toBe(7);
  expect(averaged.figures['averaged/state.mean']).toBeCloseTo(seen.reduce((sum, mean) => sum + mean) / 3, 10);
  expect(averaged.figures).toMatchObject(plain.figures);
  expect(plain.figures).not.toHaveProperty('averaged/state.mean');
});

test('each control trains from the same start, and its figures have its name', async () => {
  const control = { says: 'x stands still', change: (graph: Graph) => muted(graph, 'move-x') };
  const still = { says: 'nothing moves', change: (graph: Graph) => muted(graph, 'move-x', 'move-y') };
  const { figures } = await trainSystem(engine.tf, { ...xy, controls: { control, still } }, 1);
  const of = (name: string) => ['mean', 'mean2'].map((end) => figures[`${name}state.${end}`]);
  expect(of('still/start/')).toEqual(of('start/'));
  expect(of('still/')).toEqual(of('start/'));
  expect(of('control/')[0]).toEqual(of('start/')[0]);
  expect(of('control/')[1]).not.toEqual(of('start/')[1]);
});

test('figures over variants are means, of a control too', async () => {
  const from = (value: number) => (graph: Graph) => withParams(graph, { x: { value } });
  const still = { says: 'nothing moves', change: (graph: Graph) => muted(graph, 'move-x', 'move-y') };
  const one = await trainSystem(engine.tf, { ...xy, over: [from(1)] }, 1);
  const both = await trainSystem(engine.tf, { ...xy, over: [from(1), from(3)], controls: { still } }, 1);
  expect(one.figures['start/state.mean']).toBe(1);
  expect(both.figures['start/state.mean']).toBe(2);
  expect(both.figures['still/state.mean']).toBe(2);
  expect(both.iterations).toBe(7);
});
