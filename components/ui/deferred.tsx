'use client';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { whenIdle } from './when-idle';

/** The page has been idle once: from then on nothing waits. */
let isSettled = false;
const MOST_MS = 1_500;

/**
 * Around components whose code is no part of the page's first load (part.tsx): they are fetched after the
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
    if (until === 'idle') return whenIdle(settle, MOST_MS);
    setDue(true);
    return undefined;
  }, [until]);
  return isDue ? <Suspense fallback={placeholder}>{children}</Suspense> : placeholder;
}
