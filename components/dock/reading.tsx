'use client';
import { useEffect, useRef } from 'react';
import type { Source } from '@/lib/store/feed';
import { formatReading } from './format';
import { useTrainingStore } from './training-context';

/** The newest value of one series as text, written past React. */
export function Reading(props: {
  readonly source: Source;
  readonly series: string;
  readonly unit?: string | undefined;
  readonly total?: number | undefined;
  readonly className?: string | undefined;
}) {
  const { source, series, unit, total, className } = props;
  const { feed } = useTrainingStore();
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let waiting = 0;
    const show = () => {
      waiting = 0;
      const value = feed.reading(source, series);
      if (element.current)
        element.current.textContent = value === undefined ? '–' : formatReading(value, { unit, total });
    };
    show();
    const unsubscribe = feed.subscribe(() => {
      waiting ||= requestAnimationFrame(show);
    });
    return () => {
      unsubscribe();
      cancelAnimationFrame(waiting);
    };
  }, [feed, source, series, unit, total]);
  return (
    <span ref={element} className={className}>
      –
    </span>
  );
}
