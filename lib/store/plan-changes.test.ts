import { expect, test } from 'vitest';
import type { Plan, PlanView } from '@/lib/compile/plan';
import { emptyGraph } from '@/lib/graph/schema';
import { comparePlans, messagesOf } from './plan-changes';

const plan = (params: Record<string, unknown> = {}, settings: Partial<Plan['settings']> = {}): Plan => ({
  format: 1,
  settings: { ...emptyGraph().settings, ...settings },
  networks: [],
  game: [],
  averagings: [],
  players: [
    {
      id: 'adam-g',
      kind: 'adam',
      params: { learningRate: 0.001, beta1: 0.5, ...params },
      loss: { node: 'loss', port: 'g' },
      networks: ['G'],
      frozen: false,
    },
  ],
  views: [],
  metrics: [],
  calls: [],
});

test('equal plans ask for nothing', () => {
  expect(comparePlans(plan(), plan())).toEqual({ live: [], structure: 'same' });
});

test('a learning rate acts at once, as a number or a ramp', () => {
  const ramp = { from: 0.001, to: 0.0001, curve: 'linear', start: 0, end: 1 };
  expect(comparePlans(plan(), plan({ learningRate: ramp }))).toEqual({
    live: [{ node: 'adam-g', param: 'learningRate', value: ramp }],
    structure: 'same',
  });
});

test('a parameter that is not live asks for a new plan', () => {
  expect(comparePlans(plan(), plan({ beta1: 0 })).structure).toBe('replan');
});

const watcher = (kind: string, params: Record<string, unknown>): PlanView => ({
  id: kind,
  kind,
  params,
  inputs: {},
  inputShapes: {},
  outputShapes: {},
  many: [],
  extents: [],
  names: {},
});

test('views and metrics change without a new plan, and what acts on training comes along', () => {
  const before = { ...plan(), views: [watcher('view-samples', { count: 100 })] };
  const view = { ...plan({ learningRate: 0.1 }), views: [watcher('view-samples', { count: 200 })] };
  const changes = comparePlans(before, view);
  expect(changes).toEqual({
    live: [{ node: 'adam-g', param: 'learningRate', value: 0.1 }],
    structure: 'watch',
  });
  expect(messagesOf(changes, 'r', view).map(({ type }) => type)).toEqual(['watch', 'live']);
  const metric = (params: object) => ({ ...plan(), metrics: [watcher('metric-modes', { ...params })] });
  expect(comparePlans(metric({ every: 500 }), metric({ every: 20 })).structure).toBe('watch');
  expect(comparePlans(metric({ samples: 500 }), metric({ samples: 20 })).structure).toBe('watch');
  expect(comparePlans(plan(), metric({})).structure).toBe('watch');
});

test('a name changes nothing, the order of calls does', () => {
  const named = (name: string) => ({
    ...plan(),
    networks: [{ id: 'G', name, inputs: [], outputs: [], nodes: [] }],
  });
  expect(comparePlans(named('Generator'), named('Artist')).structure).toBe('same');
  expect(comparePlans({ ...plan(), calls: ['a', 'b'] }, { ...plan(), calls: ['b', 'a'] }).structure).toBe(
    'replan',
  );
});

test('a new plan brings live changes along', () => {
  expect(comparePlans(plan(), plan({ beta1: 0, learningRate: 0.1 }))).toEqual({
    live: [],
    structure: 'replan',
  });
});

test('the target moves without a new plan', () => {
  expect(comparePlans(plan(), plan({}, { iterations: 9000 }))).toEqual({
    live: [],
    target: 9000,
    structure: 'same',
  });
});

test('another seed starts over; another batch size keeps the weights', () => {
  expect(comparePlans(plan(), plan({}, { seed: 2 })).structure).toBe('restart');
  expect(comparePlans(plan(), plan({}, { batchSize: 32 })).structure).toBe('replan');
});
