import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import { useReactFlow } from 'reactflow';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { entriesFor, entriesOnWire, networkEntry } from '@/components/palette/entries';
import type { Entry } from '@/components/palette/entry';
import { fuzzyScore } from '@/components/palette/score';
import { Sign } from '@/components/ui/sign';
import { portName } from '@/lib/check/names';
import { frameAt } from '@/lib/layout/boxes';
import styles from './finder.module.css';
import { focusNode } from './focus-node';
import { useInsert } from './use-insert';

/** Search on the canvas: where a double click was, at the end of a wire, or after what is selected. */
export function Finder() {
  const finder = useSession((state) => state.finder);
  return finder ? <Search key={finder.at?.join()} /> : null;
}

function Search() {
  const { session } = useStores();
  const flow = useReactFlow();
  const checked = useChecked();
  const insert = useInsert();
  const finder = useSession((state) => state.finder);
  const entries = useMemo(() => {
    if (finder?.wire !== undefined) return entriesOnWire(checked, finder.wire);
    const place = finder?.from
      ? (checked.nodes.get(finder.from.id)?.node.network ?? null)
      : finder?.at && (frameAt(checked, finder.at) ?? null);
    const entries = entriesFor(checked, { place, from: finder?.from });
    return finder?.from || place ? entries : [...entries, networkEntry];
  }, [checked, finder]);
  // Where the keyboard was, to go back to.
  const [before] = useState(() => document.activeElement);
  if (!finder) return null;

  const close = () => {
    session.setState({ finder: undefined });
    requestAnimationFrame(() => before instanceof HTMLElement && before.focus({ preventScroll: true }));
  };
  const choose = (entry: Entry) => {
    session.setState({ finder: undefined });
    insert(entry, finder.at, finder.from, finder.wire);
    const [added] = session.getState().selection;
    // React Flow shows a node a frame after it has measured it.
    requestAnimationFrame(() => requestAnimationFrame(() => focusNode(added)));
  };
  return (
    <div
      className={styles.backdrop}
      role="presentation"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div
        style={placeOf(finder.at && flow.flowToScreenPosition({ x: finder.at[0], y: finder.at[1] }))}
        className={styles.finder}
      >
        <Command
          label="Add a node"
          loop
          filter={fuzzyScore}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            close();
          }}
        >
          <Command.Input
            autoFocus
            className={styles.input}
            placeholder={finder.from ? `What fits ${portName(checked, finder.from)}?` : 'Add a node'}
          />
          <Command.List className={styles.list}>
            <Command.Empty className={styles.empty}>No matching node fits here.</Command.Empty>
            {entries.map((entry) => (
              <Command.Item
                key={entry.key}
                value={entry.key}
                keywords={[...entry.keywords]}
                className={styles.item}
                onSelect={() => choose(entry)}
              >
                <span className={styles.name}>
                  <Sign category={entry.category} paths={entry.sign} />
                  {entry.title}
                </span>
                <span className={styles.category}>{entry.category}</span>
                <span className={styles.summary}>{entry.summary}</span>
              </Command.Item>
            ))}
          </Command.List>
        </Command>
      </div>
    </div>
  );
}

/** At the pointer, as far as it stays on the screen; else in the upper middle. */
function placeOf(screen: { x: number; y: number } | undefined): React.CSSProperties {
  if (!screen) return { left: '50%', top: '18%', translate: '-50% 0' };
  const [width, height] = [320, 340];
  return {
    left: Math.max(8, Math.min(screen.x, window.innerWidth - width - 8)),
    top: Math.max(8, Math.min(screen.y, window.innerHeight - height - 8)),
  };
}
