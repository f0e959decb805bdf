import { expect, test } from 'vitest';
import { expectSweep, planSweep, shuffled } from './sweep';
import { loadExample } from './testing/train';

const graph = loadExample('gan-lab');
const plan = (...axes: Parameters<typeof planSweep>[1]) => planSweep(graph, axes);
const problems = (...axes: Parameters<typeof planSweep>[1]) => {
  const planned = plan(...axes);
  return planned.ok ? [] : planned.problems;
};

test('every combination once, though values repeat', () => {
  const planned = plan(
    { path: 'sgd-g.learningRate', values: [0.1, 0.03, 0.1] },
    { path: 'settings.seed', values: [1, 2] },
  );
  expect(planned.ok && planned.runs.map(({ values }) => Object.values(values))).toEqual([
    [0.1, 1],
    [0.1, 2],
    [0.03, 1],
    [0.03, 2],
  ]);
  const [first] = planned.ok ? planned.runs : [];
  expect(first?.graph.settings.seed).toBe(1);
  expect(first?.graph.nodes.find(({ id }) => id === 'sgd-g')?.params.learningRate).toBe(0.1);
});

test('what is unknown or out of range is refused with numbers', () => {
  expect(problems({ path: 'sgd-g.rate', values: [1] })[0]).toMatch(
    /There is no sgd-g\.rate\. sgd-g has: .*learningRate/,
  );
  expect(problems({ path: 'adam.beta1', values: [1] })[0]).toMatch(
    /There is no node adam\. The graph has: z, data/,
  );
  expect(problems({ path: 'sgd-g.learningRate', values: [0.1, -1] })).toEqual([
    expect.stringMatching(/^sgd-g\.learningRate = -1: .*0/),
  ]);
  expect(problems({ path: 'settings.batchSize', values: [0] })[0]).toMatch(/^settings\.batchSize = 0: .*1/);
  const many = Array.from({ length: 101 }, (_, seed) => seed);
  expect(
    problems({ path: 'settings.seed', values: many }, { path: 'sgd-g.steps', values: many.slice(0, 10) })[0],
  ).toBe('101 × 10 values are 1,010 runs; a sweep has at most 1,000.');
});

test('a shuffled order has every run, and is the same for a seed', () => {
  const items = Array.from({ length: 50 }, (_, i) => i);
  expect(shuffled(items, 3)).toEqual(shuffled(items, 3));
  expect(shuffled(items, 3)).not.toEqual(items);
  expect([...shuffled(items, 3)].sort((a, b) => a - b)).toEqual(items);
});

test('how long a sweep takes is said before it starts, and more than a day is refused', () => {
  const planned = plan(
    { path: 'settings.seed', values: [1, 2, 3] },
    { path: 'settings.iterations', values: [1_000] },
  );
  const runs = planned.ok ? planned.runs : [];
  expect(expectSweep(runs, 60)).toEqual({
    said: '3 runs of 3,000 iterations in all would take about 3 min here.',
  });
  expect(expectSweep(runs, 30_000).tooLong).toBe(
    '3 runs of 3,000 iterations in all would take about 25 h here, more than 24 h. Fewer values or fewer iterations.',
  );
  expect(expectSweep(runs, 30_000, 48).tooLong).toBeUndefined();
});
