import { useEffect, useRef, useState } from 'react';
import { reasonOf } from '@/lib/util/reason-of';

interface Latest<T> {
  readonly value?: T;
  readonly problem?: string;
}

/**
 * What was asked for last: while an answer is on its way, what is asked for meanwhile waits, and only the last of it
 * is asked. The value before stays until the next. `ask` is the same function as long as the question is the same;
 * at another moment it is asked anew.
 */
export function useLatest<T>(ask: (() => Promise<T>) | undefined, moment?: object): Latest<T> {
  const [latest, setLatest] = useState<Latest<T>>({});
  const state = useRef({ isBusy: false, next: undefined as (() => Promise<T>) | undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is another at another moment
  useEffect(() => {
    const { current } = state;
    const run = async () => {
      if (current.isBusy) return;
      current.isBusy = true;
      while (current.next) {
        const wanted = current.next;
        current.next = undefined;
        try {
          const value = await wanted();
          setLatest({ value });
        } catch (error) {
          setLatest((before) => ({
            ...before,
            problem: reasonOf(error),
          }));
        }
      }
      current.isBusy = false;
    };
    current.next = ask;
    void run();
    return () => {
      current.next = undefined;
    };
  }, [ask, moment]);
  return latest;
}
