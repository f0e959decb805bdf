'use client';
import { usePlain } from '@/components/hooks/use-checked';
import { formatShortCount } from '@/lib/layout/card-text';
import { formatCount } from '@/lib/util/format-count';
import styles from './estimate.module.css';
import { formatBytes, formatRate } from './format';
import { useTraining } from './training-context';

/** What one iteration will take, before anything runs. */
export function Estimate() {
  const { cost } = usePlain();
  const kept = useTraining((state) => state.kept);
  const expected = useTraining((state) => state.expected);
  if (cost.parameters === 0)
    return (
      <div className={styles.estimate}>
        <p className={styles.hint}>Nothing to train yet: add a network, a loss and an optimizer.</p>
      </div>
    );
  return (
    <div className={styles.estimate}>
      <dl className={styles.facts}>
        <Fact name="Parameters" value={formatCount(cost.parameters)} />
        <Fact name="Memory" value={`about ${formatBytes(cost.bytes)}`} />
        <Fact name="Multiply-adds per iteration" value={formatShortCount(cost.multiplyAdds)} />
        <Fact
          name="Iterations per second on this machine"
          value={expected ? `about ${formatRate(expected.perSecond)}` : '…'}
        />
      </dl>
      <p className={styles.hint}>
        {kept > 0 ? (
          `Trained to iteration ${formatCount(kept)} last time. Press play to continue from there.`
        ) : (
          <>
            Press <kbd className={styles.key}>Space</kbd> to train it here.
          </>
        )}
      </p>
    </div>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div className={styles.fact}>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
