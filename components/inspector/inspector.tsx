'use client';
import { useMemo } from 'react';
import { useSession } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { DocumentPanel } from './document-panel';
import styles from './inspector.module.css';
import { ManyPanel } from './many-panel';
import { NetworkPanel } from './network-panel';
import { NodePanel } from './node-panel';
import { WirePanel } from './wire-panel';

/** What is selected, in full: a node, a network, a wire, several; or the document. */
export function Inspector() {
  const checked = useChecked();
  const selection = useSession((state) => state.selection);
  const wires = useSession((state) => state.wires);
  const ids = useMemo(
    () => [...selection].filter((id) => checked.nodes.has(id) || checked.networks.has(id)),
    [selection, checked],
  );
  const [only] = ids;
  const panel = () => {
    if (ids.length > 1) return <ManyPanel ids={ids} />;
    if (only !== undefined) {
      const node = checked.nodes.get(only);
      const network = checked.networks.get(only);
      if (node) return <NodePanel key={only} checked={node} />;
      if (network) return <NetworkPanel key={only} checked={network} />;
    }
    const [wire] = wires;
    if (wire !== undefined && wires.size === 1) return <WirePanel id={wire} />;
    return <DocumentPanel />;
  };
  return (
    <aside className={styles.inspector} aria-label="Inspector">
      {panel()}
    </aside>
  );
}
