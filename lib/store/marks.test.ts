import { describe, expect, test } from 'vitest';
import { type TimelineMark, withMark } from './marks';
import { find, follow, game, machine, open, report, vacated } from './testing/life';

const mark = (iteration: number, more: Partial<TimelineMark> = {}): TimelineMark => ({
  iteration,
  type: 'note',
  text: `at ${iteration}`,
  ...more,
});
const all = (marks: readonly TimelineMark[]) =>
  marks.reduce<readonly TimelineMark[]>((list, next) => withMark(list, next), []);

test('marks are in order of iterations, those of one as they came', () => {
  const list = all([mark(5), mark(1), mark(5, { text: 'second' }), mark(3)]);
  expect(list.map(({ text }) => text)).toEqual(['at 1', 'at 3', 'at 5', 'second']);
});

test('a value that is dragged is one mark, of where it was left', () => {
  const edit = (iteration: number, text: string) =>
    mark(iteration, { type: 'edit', text, about: text.slice(0, 4) });
  const list = all([edit(10, 'rate 0.1'), edit(11, 'rate 0.2'), edit(12, 'step 2'), edit(13, 'rate 0.3')]);
  expect(list.map(({ text }) => text)).toEqual(['rate 0.2', 'step 2', 'rate 0.3']);
});

test('beyond 200 the oldest edit goes first', () => {
  const failures = Array.from({ length: 199 }, (_, i) => mark(i, { type: 'failure' }));
  const list = all([...failures, mark(300, { type: 'edit' }), mark(301, { type: 'edit' })]);
  expect(list).toHaveLength(200);
  expect(list.filter(({ type }) => type === 'edit').map(({ iteration }) => iteration)).toEqual([301]);
});

describe('a run marks', () => {
  const running = [
    open(game()),
    { type: 'play' },
    vacated(),
    report({ type: 'compiled', backend: 'wasm', iteration: 0, summaries: {} }),
    report({ type: 'status', status: 'running', iteration: 120 }),
  ] as const;

  test('an edit of the game, in words, and no edit of a position', () => {
    const checked = game({ batchSize: 32 });
    expect(find(follow([...running, open(checked)]), 'mark')?.mark).toEqual({
      iteration: 120,
      type: 'edit',
      text: 'Batch size 32',
      about: 'Batch size',
    });
    expect(find(follow([...running, open(game())]), 'mark')).toBeUndefined();
  });

  test('a failure, with what it says', () => {
    const diagnostic = { code: 'not-finite', severity: 'error', message: 'The loss of D is NaN.' };
    const failed = follow([...running, report({ type: 'failed', iteration: 118, diagnostic })]);
    expect(find(failed, 'mark')?.mark).toMatchObject({
      iteration: 118,
      type: 'failure',
      text: 'The loss of D is NaN.',
    });
  });

  test('a loss that is not finite once, by what found it', () => {
    const diagnostic = { code: 'loss-not-finite', severity: 'error', message: 'The loss d became NaN.' };
    const failed = follow([...running, report({ type: 'failed', iteration: 118, diagnostic })]);
    expect(failed.life.status.type).toBe('failed');
    expect(find(failed, 'mark')).toBeUndefined();
  });

  test('a worker that ended, and another backend', () => {
    const lost = { type: 'lost', runId: 'run-1', loss: 'crashed', detail: 'gone' } as const;
    expect(find(follow([...running, lost]), 'mark')?.mark.text).toMatch(/^The training worker ended/);
    const moved = follow(
      [...running, report({ type: 'saved', iteration: 120 }), { type: 'change-backend', runId: 'run-1' }],
      machine('webgl'),
    );
    expect(find(moved, 'mark')?.mark).toMatchObject({ type: 'backend', text: 'WASM → WebGL' });
  });
});
