'use client';
import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import { useInsert } from '@/components/canvas/use-insert';
import { useChecked } from '@/components/hooks/use-checked';
import { classes } from '@/components/ui/classes';
import { Tooltip } from '@/components/ui/tooltip';
import { ENTRY_TYPE } from './drag-entry';
import { allEntries, type Entry } from './entries';
import styles from './palette.module.css';
import { fuzzyScore } from './score';

/** Everything that can be put on the canvas, by category: drag it, click it, or search and press Enter. */
export function Palette() {
  const checked = useChecked();
  const insert = useInsert();
  const [search, setSearch] = useState('');
  // The list depends on the networks alone, not on every edit.
  const networks = JSON.stringify(
    [...checked.networks.values()].map(({ network: { id, name, color } }) => [id, name, color]),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const groups = useMemo(() => allEntries(checked), [networks]);
  return (
    <nav className={styles.palette} aria-label="Palette">
      <Command label="Find a node" filter={fuzzyScore} loop className={styles.command}>
        <div className={styles.search}>
          <Command.Input
            id="palette-search"
            className={styles.input}
            placeholder="Find a node"
            value={search}
            onValueChange={setSearch}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setSearch('');
            }}
          />
          <kbd className={styles.key}>/</kbd>
        </div>
        <Command.List className={styles.list}>
          <Command.Empty className={styles.empty}>No matching kind.</Command.Empty>
          {[...groups].map(([category, entries]) => (
            <Command.Group key={category} heading={category} className={styles.group}>
              {entries.map((entry) => (
                <Item
                  key={entry.key}
                  entry={entry}
                  onInsert={() => {
                    insert(entry);
                    setSearch('');
                  }}
                />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </nav>
  );
}

function Item({ entry, onInsert }: { readonly entry: Entry; readonly onInsert: () => void }) {
  return (
    <Tooltip label={entry.summary} side="right">
      <Command.Item
        value={entry.key}
        keywords={[...entry.keywords]}
        className={styles.item}
        onSelect={onInsert}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(ENTRY_TYPE, JSON.stringify({ ...entry, keywords: [] }));
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        <span
          className={classes(styles.mark, entry.color && styles.colored)}
          style={entry.color ? { background: `var(--net-${entry.color})` } : undefined}
        />
        <span className={styles.name}>{entry.title}</span>
      </Command.Item>
    </Tooltip>
  );
}
