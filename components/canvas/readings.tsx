import { useEffect, useRef } from 'react';
import type { Reading } from '@/lib/check/readings';
import { useLive } from './live';
import styles from './readings.module.css';

/** A metric's numbers as they were last measured, each with its course; written past React. */
export function Readings({ readings }: { readonly readings: readonly Reading[] }) {
  return (
    <dl className={styles.readings}>
      {readings.map((reading) => (
        <Row key={reading.series} reading={reading} />
      ))}
    </dl>
  );
}

function Row({ reading }: { readonly reading: Reading }) {
  const live = useLive();
  const value = useRef<HTMLElement>(null);
  const course = useRef<SVGPathElement>(null);
  const { series, label, short, unit, total } = reading;
  useEffect(
    () =>
      live.watchReading({ series, unit, total }, (text, path) => {
        if (value.current) value.current.textContent = text;
        course.current?.setAttribute('d', path);
      }),
    [live, series, unit, total],
  );
  return (
    <div className={styles.row} title={label}>
      <dt className={styles.label}>{short}</dt>
      <svg className={styles.course} viewBox="0 0 60 16" preserveAspectRatio="none" aria-hidden="true">
        <path ref={course} />
      </svg>
      <dd ref={value} className={styles.value}>
        –
      </dd>
    </div>
  );
}
