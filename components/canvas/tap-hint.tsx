import { useEffect } from 'react';
import { useStoreApi } from 'reactflow';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { portName } from '@/lib/check/names';
import styles from './offer.module.css';

/** Between the two presses that draw a wire: where it comes from, and the way back. */
export function TapHint() {
  const { session } = useStores();
  const flow = useStoreApi();
  const checked = useChecked();
  const wiring = useSession((state) => (state.tapping ? state.wiring : undefined));
  // Escape, or another way of wiring, has taken it back: React Flow remembers the first press on its own.
  useEffect(() => {
    if (!wiring) flow.setState({ connectionClickStartHandle: null });
  }, [wiring, flow]);
  if (!wiring) return null;
  return (
    <div className={styles.offer} role="status">
      <span>
        {wiring.side === 'output' ? 'From' : 'To'} <b>{portName(checked, wiring)}</b>: press{' '}
        {wiring.side === 'output' ? 'an input' : 'an output'}.
      </span>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => session.setState({ wiring: undefined, tapping: false })}
      >
        Cancel
      </Button>
    </div>
  );
}
