'use client';
import { Tooltip } from '@/components/ui/tooltip';
import { backends } from '@/lib/engine/backend-name';
import type { Expected } from '@/lib/store/predicting';
import { formatCount } from '@/lib/util/format-count';
import { formatRate } from './format';
import { useTraining } from './training-context';
import styles from './transport.module.css';

/** How fast the game would train here, before it does. */
export function ExpectedPace() {
  const expected = useTraining((state) => state.expected);
  if (!expected) return null;
  const { perSecond, backend } = expected;
  return (
    <Tooltip label={explain(expected)} side="top">
      <button type="button" className={styles.expected} data-testid="expected">
        about {formatRate(perSecond)} it/s on {backends[backend].title}
      </button>
    </Tooltip>
  );
}

/** How it was found. */
function explain({ rows, batchSize }: Expected): string {
  const what = 'Timed on this machine with this game; the weights of the test run are discarded';
  return rows === batchSize
    ? `${what}.`
    : `${what}, at a batch of ${formatCount(rows)}, extrapolated to ${formatCount(batchSize)}.`;
}
