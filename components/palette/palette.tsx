'use client';
import { Command } from 'cmdk';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useInsert } from '@/components/canvas/use-insert';
import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Sign } from '@/components/ui/sign';
import { Tooltip } from '@/components/ui/tooltip';
import { myBlockEntries } from './block-entries';
import { ENTRY_TYPE } from './drag-entry';
import { allEntries } from './entries';
import type { Entry } from './entry';
import styles from './palette.module.css';
import { type PaletteMemory, readMemory, remember, toggleFolded, writeMemory } from './palette-memory';
import { fuzzyScore } from './score';

/**
 * Everything that can be put on the canvas, what was used last first: drag it, click it, or search and press
 * Enter. A category folds at its name; a search looks into all of them. It opens at a category, or at its top.
 */
export function Palette({ at }: { readonly at?: string | undefined }) {
  const checked = useChecked();
  const insert = useInsert();
  const [search, setSearch] = useState('');
  const [memory, setMemory] = useState(() => {
    const kept = readMemory(() => localStorage);
    return at !== undefined && kept.folded.includes(at) ? toggleFolded(kept, at) : kept;
  });
  const change = (next: PaletteMemory) => {
    setMemory(next);
    writeMemory(() => localStorage, next);
  };
  // The list depends on the networks alone, not on every edit.
  const networks = JSON.stringify(
    [...checked.networks.values()].map(({ network: { id, name, color } }) => [id, name, color]),
  );
  const { blocks } = checked.graph;
  const { mine } = useStores();
  const kept = useStore(mine);
  useEffect(() => void mine.load(), [mine]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const groups = useMemo(() => allEntries(checked, myBlockEntries(kept)), [networks, blocks, kept]);
  const all = [...groups.values()].flat();
  const recent = memory.recent.flatMap((key) => all.find((entry) => entry.key === key) ?? []);
  const take = (entry: Entry) => {
    insert(entry);
    setSearch('');
    change(remember(memory, entry.key));
  };
  const isSearching = search !== '';
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (at === undefined) return;
    nav.current?.querySelector('input')?.focus();
    // After cmdk has scrolled to what it selects.
    requestAnimationFrame(() =>
      nav.current?.querySelector(`[data-category="${at}"]`)?.scrollIntoView({ block: 'start' }),
    );
  }, [at]);
  return (
    <nav ref={nav} className={styles.palette} aria-label="Palette">
      <Command
        label="Find a node"
        filter={fuzzyScore}
        loop
        className={styles.command}
        {...(at && { defaultValue: `category ${at}` })}
      >
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
          {!isSearching && recent.length > 0 ? (
            <Command.Group heading="Recent" className={styles.group}>
              {recent.map((entry) => (
                <Item key={entry.key} entry={entry} prefix="recent " onInsert={() => take(entry)} />
              ))}
            </Command.Group>
          ) : null}
          {[...groups].map(([category, entries]) => {
            const isFolded = !isSearching && memory.folded.includes(category);
            return (
              <Command.Group
                key={category}
                data-category={category}
                {...(isSearching && { heading: category })}
                className={styles.group}
              >
                {isSearching ? null : (
                  <Fold
                    category={category}
                    isFolded={isFolded}
                    onToggle={() => change(toggleFolded(memory, category))}
                  />
                )}
                {isFolded
                  ? null
                  : entries.map((entry) => (
                      <Item key={entry.key} entry={entry} onInsert={() => take(entry)} />
                    ))}
              </Command.Group>
            );
          })}
        </Command.List>
      </Command>
    </nav>
  );
}

/** A category's name, an option like the rest, so that the arrow keys reach it. */
function Fold(props: {
  readonly category: string;
  readonly isFolded: boolean;
  readonly onToggle: () => void;
}) {
  const { category, isFolded, onToggle } = props;
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <Command.Item
      value={`category ${category}`}
      className={styles.fold}
      onSelect={onToggle}
      aria-label={`${isFolded ? 'Unfold' : 'Fold'} ${category}`}
    >
      <Chevron size={12} aria-hidden />
      {category}
    </Command.Item>
  );
}

function Item(props: { readonly entry: Entry; readonly prefix?: string; readonly onInsert: () => void }) {
  const { entry, prefix = '', onInsert } = props;
  return (
    <Tooltip label={entry.summary} side="right">
      <Command.Item
        value={`${prefix}${entry.key}`}
        keywords={[...entry.keywords]}
        className={styles.item}
        onSelect={onInsert}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(ENTRY_TYPE, JSON.stringify({ ...entry, keywords: [], clip: undefined }));
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        {entry.color ? (
          <span className={styles.mark} style={{ background: `var(--net-${entry.color})` }} />
        ) : (
          <Sign category={entry.category} paths={entry.sign} className={styles.sign} />
        )}
        <span className={styles.name}>{entry.title}</span>
      </Command.Item>
    </Tooltip>
  );
}
