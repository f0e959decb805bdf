'use client';
import { useEffect, useRef } from 'react';
import { HEIGHT, sparkPath, WIDTH } from './spark-path';
import styles from './sparkline.module.css';
import { useTrainingStore } from './training-context';

/** A metric's course, small. What it says is in the number beside it. */
export function Sparkline({ series }: { readonly series: string }) {
  const { feed } = useTrainingStore();
  const path = useRef<SVGPathElement>(null);
  useEffect(() => {
    let waiting = 0;
    const draw = () => {
      waiting = 0;
      path.current?.setAttribute('d', sparkPath(feed.metrics.curve(series)));
    };
    draw();
    const unsubscribe = feed.subscribe(() => {
      waiting ||= requestAnimationFrame(draw);
    });
    return () => {
      unsubscribe();
      cancelAnimationFrame(waiting);
    };
  }, [feed, series]);
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      <path ref={path} />
    </svg>
  );
}
