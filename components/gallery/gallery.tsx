'use client';
import { useDeferredValue, useState } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { GalleryCard } from './card';
import { filterEntries, type GalleryEntry } from './entry';
import styles from './gallery.module.css';

/** Every system, found by words and tags. */
export function Gallery({ entries }: { readonly entries: readonly GalleryEntry[] }) {
  const [query, setQuery] = useState('');
  const [tag, setTag] = useState<string>();
  const shown = filterEntries(entries, useDeferredValue(query), tag);
  const tags = [...new Set(entries.flatMap((entry) => entry.tags))];
  return (
    <section aria-labelledby="systems">
      <div className={styles.bar}>
        <h2 id="systems" className={styles.heading}>
          Systems
        </h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a group of toggles, not a form */}
        <div role="group" aria-label="Filter by kind of data" className={styles.filters}>
          {[undefined, ...tags].map((one) => (
            <button
              key={one ?? 'all'}
              type="button"
              className={styles.filter}
              aria-pressed={tag === one}
              onClick={() => setTag(one)}
            >
              {one ?? 'All'}
            </button>
          ))}
        </div>
        <SearchField label="Find a system" value={query} onChange={setQuery} className={styles.search} />
      </div>
      <p role="status" className={styles.count}>
        {shown.length === entries.length ? '' : `${shown.length} of ${entries.length}`}
      </p>
      {shown.length > 0 ? (
        <ul className={styles.grid}>
          {shown.map((entry) => (
            <GalleryCard key={entry.id} entry={entry} />
          ))}
        </ul>
      ) : (
        <p className={styles.none}>
          Nothing here matches. Try “ring”, “images” or the name of a loss, or start from a blank canvas.
        </p>
      )}
    </section>
  );
}
