'use client';
import { useEffect, useRef } from 'react';
import type { Curve } from '@/lib/store/curves';
import styles from './sparkline.module.css';
import { useTrainingStore } from './training-context';

const WIDTH = 60;
const HEIGHT = 16;

/** The curve as an SVG path over its own range; at most one point a pixel. */
function sparkPath({ values }: Curve): string {
  const step = Math.max(1, Math.floor(values.length / WIDTH));
  const shown = Array.from(values).filter((_, i) => i % step === 0 || i === values.length - 1);
  if (shown.length < 2) return '';
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low || 1;
  return shown
    .map((value, i) => {
      const x = (i / (shown.length - 1)) * WIDTH;
      const y = HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

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
