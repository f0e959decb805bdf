import { expect, test } from 'vitest';
import { summarise } from '@/lib/train/summary';
import type { XrayReport } from '@/lib/train/xray';
import { courseKey, createXrayCourses } from './xray-courses';

const report = (iteration: number, targets: readonly string[], value = iteration): XrayReport => ({
  iteration,
  xrays: targets.map((target) => ({
    target,
    flows: [
      {
        call: 'c',
        value: summarise({ data: Float32Array.of(value, value + 1), dims: [2, 1], label: '' }),
        gradients: {},
      },
    ],
    weights: [],
  })),
});

const iterations = (courses: ReturnType<typeof createXrayCourses>, target: string) =>
  courses.course(courseKey(target, 'c')).map(({ iteration }) => iteration);

test('histograms are kept while their output is open, and begin anew after', () => {
  const courses = createXrayCourses();
  courses.add(report(1, ['a.out', 'b.out']));
  courses.add(report(5, ['a.out', 'b.out']));
  expect(courses.course(courseKey('a.out', 'c')).map(({ range }) => range)).toEqual([
    [1, 2],
    [5, 6],
  ]);
  courses.add(report(7, ['b.out']));
  courses.add(report(9, ['a.out', 'b.out']));
  expect(iterations(courses, 'a.out')).toEqual([9]);
  expect(iterations(courses, 'b.out')).toEqual([1, 5, 7, 9]);
  // What could not be seen closes nothing.
  courses.add({ iteration: 10, xrays: [], problem: 'out of memory' });
  expect(iterations(courses, 'b.out')).toEqual([1, 5, 7, 9]);
});

test('of the past there is the last histogram up to it, of each part', () => {
  const courses = createXrayCourses();
  for (const iteration of [2, 5, 9]) courses.add(report(iteration, ['a.out', 'a.outer']));
  expect(courses.at('a.out', 7)).toEqual([
    { part: 'c', moment: expect.objectContaining({ iteration: 5, range: [5, 6] }) },
  ]);
  expect(courses.at('a.out', 1)).toEqual([]);
});

test('a run that falls back goes on from there, the same iteration counts once, what is not finite not at all', () => {
  const courses = createXrayCourses();
  for (const iteration of [1, 2, 3, 3, 2]) courses.add(report(iteration, ['a.out']));
  expect(iterations(courses, 'a.out')).toEqual([1, 2]);
  courses.add(report(4, ['a.out'], Number.NaN));
  expect(iterations(courses, 'a.out')).toEqual([1, 2]);
});

test('a long course is thinned out, and keeps its newest', () => {
  const courses = createXrayCourses();
  for (let iteration = 1; iteration <= 1_000; iteration++) courses.add(report(iteration, ['a.out']));
  const kept = iterations(courses, 'a.out');
  expect(kept.length).toBeLessThanOrEqual(120);
  expect(kept.at(-1)).toBe(1_000);
  expect(kept[0]).toBeLessThan(20);
});
