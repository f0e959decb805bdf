'use client';
import { type ReactNode, Suspense, useEffect, useState } from 'react';

/** The page has been idle once: from then on nothing waits. */
let isSettled = false;

/**
 * Around components whose code is no part of the page's first load (React's lazy): they are fetched after the
 * first rendering, or, if they only show when they are asked for, when the page has nothing else to do.
 */
export function Deferred(props: {
  readonly children: ReactNode;
  readonly until?: 'mounted' | 'idle';
  readonly placeholder?: ReactNode;
}) {
  const { children, until = 'idle', placeholder = null } = props;
  const [isDue, setDue] = useState(isSettled);
  useEffect(() => {
    const settle = () => {
      isSettled = true;
      setDue(true);
    };
    if (until === 'idle') return whenIdle(settle);
    setDue(true);
    return undefined;
  }, [until]);
  return isDue ? <Suspense fallback={placeholder}>{children}</Suspense> : placeholder;
}

const MOST_MS = 1_500;

/** Calls once the page is idle, after 1.5 s at the latest; gives a function that calls it off. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, MOST_MS / 5);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: MOST_MS });
  return () => cancelIdleCallback(handle);
}
