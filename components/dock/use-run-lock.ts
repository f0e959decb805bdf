'use client';
import { useEffect } from 'react';
import { useTraining } from './training-context';

/** Holds a Web Lock while a run is under way: browsers do not freeze a hidden page that holds one. */
export function useRunLock(): void {
  const isRunning = useTraining((state) => state.status.type === 'running');
  const runId = useTraining((state) => state.runId);
  useEffect(() => {
    if (!isRunning || !navigator.locks) return;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    navigator.locks
      .request(`ganvas-training-${runId}-${crypto.randomUUID()}`, () => held)
      // Refused where storage is forbidden; training goes on without it.
      .catch(() => {});
    return release;
  }, [isRunning, runId]);
}
