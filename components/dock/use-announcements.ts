'use client';
import { useEffect, useRef } from 'react';
import { useStores } from '@/components/hooks/stores';
import type { Status } from '@/lib/store/run-state';
import { formatCount } from '@/lib/util/format-count';
import { useTraining, useTrainingStore } from './training-context';

/** Announces to screen readers when training starts, pauses, ends and fails. */
export function useAnnouncements(): void {
  const { session } = useStores();
  const training = useTrainingStore();
  const status = useTraining((state) => state.status);
  const before = useRef<string>(undefined);
  useEffect(() => {
    const { iteration } = training.getState();
    const words = wordsOf(status, iteration);
    if (before.current !== undefined && before.current !== words && words) session.announce(words);
    before.current = words;
  }, [status, session, training]);
}

function wordsOf(status: Status, iteration: number): string {
  if (status.type === 'failed') return `Training stopped. ${status.diagnostic.message}`;
  if (status.type === 'paused')
    return status.settling
      ? 'Pausing'
      : `${status.done ? 'Target reached' : 'Paused'} at iteration ${formatCount(iteration)}`;
  return { idle: '', compiling: 'Building the networks', running: 'Training' }[status.type];
}
