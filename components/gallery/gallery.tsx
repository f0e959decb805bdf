'use client';
import { useDeferredValue, useState } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { GalleryCard } from './card';
import { filterEntries, type GalleryEntry, type GalleryFamily } from './entry';
import styles from './gallery.module.css';

/** Every system in the order of its families, found by words. */
export function Gallery({
  entries,
  families,
}: {
  readonly entries: readonly GalleryEntry[];
  readonly families: readonly GalleryFamily[];
}) {
  const [query, setQuery] = useState('');
  const [family, setFamily] = useState<string>();
  const shown = filterEntries(entries, useDeferredValue(query), family);
  const present = families.filter(({ id }) => entries.some((entry) => entry.family === id));
  const count = shown.length === entries.length ? '' : `${shown.length} of ${entries.length}`;
  const gist = present.find(({ id }) => id === family)?.idea;
  return (
    <section aria-labelledby="systems">
      <div className={styles.bar}>
        <h2 id="systems" className={styles.heading}>
          Systems
        </h2>
        <SearchField label="Find a system" value={query} onChange={setQuery} className={styles.search} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of toggles, not a form */}
      <div role="group" aria-label="Filter by family" className={styles.filters}>
        {[{ id: undefined, title: 'All' }, ...present].map(({ id, title }) => (
          <button
            key={title}
            type="button"
            className={styles.filter}
            aria-pressed={family === id}
            onClick={() => setFamily(id)}
          >
            {title}
          </button>
        ))}
      </div>
      <p role="status" className={styles.count}>
        {[gist, count].filter(Boolean).join(' ')}
      </p>
      {shown.length > 0 ? (
        <ul className={styles.grid}>
          {present.flatMap(({ id, title }) =>
            shown
              .filter((entry) => entry.family === id)
              .map((entry) => <GalleryCard key={entry.id} entry={entry} family={title} />),
          )}
        </ul>
      ) : (
        <p className={styles.none}>
          Nothing here matches. Try “ring”, “images” or the name of a loss, or start from a blank canvas.
        </p>
      )}
    </section>
  );
}
