import { useRef } from 'react';

/** The value of before as long as the new one is the same, so that what depends on it is not made anew. */
export function useSame<T>(next: T, isSame: (last: T, next: T) => boolean): T {
  const last = useRef(next);
  if (!isSame(last.current, next)) last.current = next;
  return last.current;
}
