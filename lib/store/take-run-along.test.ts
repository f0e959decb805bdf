import { expect, test, vi } from 'vitest';
import { createFeed } from './feed';
import type { Status } from './run-state';
import { takeRunAlong } from './take-run-along';
import type { TrainingState } from './training-state';

function follow(status: Status, kept: number, iteration: number) {
  const steps: string[] = [];
  const state = { status, kept, iteration } as TrainingState;
  const copy = vi.fn(async () => {});
  const feed = createFeed();
  feed.losses.append('adam-d', [1, 2], [0.7, 0.6]);
  takeRunAlong(
    {
      getState: () => state,
      openWeights: ({ iteration: at, write }) => {
        expect(write).toBe(copy);
        steps.push(`weights of ${at}`);
        // As every run that begins from other weights.
        feed.clear();
      },
      play: () => void steps.push('play'),
      feed,
    },
    () => {
      steps.push('open');
      feed.clear();
    },
    copy,
  );
  return { steps, curves: feed.losses.names() };
}

test('a run that trains goes on in the copy, from where it was, with its curves', () => {
  expect(follow({ type: 'running' }, 100, 140)).toEqual({
    steps: ['open', 'weights of 140', 'play'],
    curves: ['adam-d'],
  });
});

test('a run at rest, and weights that are only kept, are there in the copy', () => {
  expect(follow({ type: 'paused', settling: false, done: false }, 100, 120).steps).toEqual([
    'open',
    'weights of 120',
  ]);
  expect(follow({ type: 'idle' }, 100, 0)).toEqual({ steps: ['open', 'weights of 100'], curves: ['adam-d'] });
});

test('where nothing was trained there is nothing to take along', () => {
  expect(follow({ type: 'idle' }, 0, 0)).toEqual({ steps: ['open'], curves: [] });
});
