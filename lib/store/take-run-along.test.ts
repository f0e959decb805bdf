import { expect, test, vi } from 'vitest';
import type { Status } from './run-state';
import { takeRunAlong } from './take-run-along';
import type { TrainingState } from './training-state';

function follow(status: Status, kept: number, iteration: number) {
  const steps: string[] = [];
  const state = { status, kept, iteration } as TrainingState;
  const copy = vi.fn(async () => {});
  takeRunAlong(
    {
      getState: () => state,
      openWeights: ({ iteration: at, write }) => {
        expect(write).toBe(copy);
        steps.push(`weights of ${at}`);
      },
      play: () => void steps.push('play'),
    },
    () => void steps.push('open'),
    copy,
  );
  return steps;
}

test('a run that trains goes on in the copy, from where it was', () => {
  expect(follow({ type: 'running' }, 100, 140)).toEqual(['open', 'weights of 140', 'play']);
});

test('a run at rest, and weights that are only kept, are there in the copy', () => {
  expect(follow({ type: 'paused', settling: false, done: false }, 100, 120)).toEqual([
    'open',
    'weights of 120',
  ]);
  expect(follow({ type: 'idle' }, 100, 0)).toEqual(['open', 'weights of 100']);
});

test('where nothing was trained there is nothing to take along', () => {
  expect(follow({ type: 'idle' }, 0, 0)).toEqual(['open']);
});
