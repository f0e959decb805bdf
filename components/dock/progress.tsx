'use client';
import styles from './dock.module.css';
import { useTraining } from './training-context';

/** How far the run is. */
export function Progress() {
  const iteration = useTraining((state) => (state.status.type === 'idle' ? state.kept : state.iteration));
  const target = useTraining((state) => state.target);
  const share = target > 0 ? Math.min(1, iteration / target) : 0;
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label="Training"
      aria-valuemin={0}
      aria-valuemax={target}
      aria-valuenow={iteration}
    >
      <div style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
