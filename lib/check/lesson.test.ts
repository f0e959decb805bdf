import { describe, expect, test } from 'vitest';
import { countDone, isDone, type LessonStep, readLesson } from './lesson';

const about = `Words of a lesson.

- [ ] Find all modes. \`quality.modes >= 8\`
- [x] Take the hinge. \`loss = loss-hinge and adam-d.steps != 1\`
- [ ] No condition, so part of the text.
- [ ] No condition either. \`adam-d\`

Change: \`adam-d.learningRate\`, \`loss.realTarget\``;

const knownAs = (values: Record<string, number | string>) => (name: string) => values[name];

describe('a lesson', () => {
  const { text, steps, marked } = readLesson(about);

  test('has steps, parameters that are marked, and its text without them', () => {
    expect(steps.map(({ words }) => words)).toEqual(['Find all modes.', 'Take the hinge.']);
    expect(marked).toEqual(['adam-d.learningRate', 'loss.realTarget']);
    expect(text).toContain('Words of a lesson.');
    expect(text).toContain('No condition, so part of the text.');
    expect(text).toContain('`adam-d`');
    expect(text).not.toMatch(/Change|hinge/);
  });

  test('a step is done where all its conditions hold; what is not known yet is not done', () => {
    const [modes, hinge] = steps as [LessonStep, LessonStep];
    expect(isDone(modes, knownAs({ 'quality.modes': 8 }))).toBe(true);
    expect(isDone(modes, knownAs({ 'quality.modes': 7 }))).toBe(false);
    expect(isDone(modes, knownAs({}))).toBe(false);
    expect(isDone(hinge, knownAs({ loss: 'loss-hinge', 'adam-d.steps': 5 }))).toBe(true);
    expect(isDone(hinge, knownAs({ loss: 'loss-hinge', 'adam-d.steps': 1 }))).toBe(false);
    expect(isDone(hinge, knownAs({ loss: 'loss-hinge' }))).toBe(false);
  });

  test('steps are done one after another, and for good', () => {
    const later = knownAs({ loss: 'loss-hinge', 'adam-d.steps': 5 });
    expect(countDone(steps, 0, later)).toBe(0);
    expect(countDone(steps, 1, later)).toBe(2);
    expect(countDone(steps, 2, knownAs({}))).toBe(2);
  });
});

test.each(['a > 1', 'a < 3', 'a <= 2', 'a = 2', 'a != 3', 'a >= 2'])('%s of 2', (condition) => {
  const [step] = readLesson(`- [ ] Step \`${condition}\``).steps;
  expect(step && isDone(step, () => 2)).toBe(true);
  expect(step && isDone(step, () => (condition.includes('>') ? 0 : condition === 'a != 3' ? 3 : 5))).toBe(
    false,
  );
});
