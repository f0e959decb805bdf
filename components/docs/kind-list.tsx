'use client';
import Link from 'next/link';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { SearchField } from '@/components/ui/search-field';
import styles from './index.module.css';
import { slug } from './slug';

interface KindListEntry {
  readonly kind: string;
  readonly title: string;
  readonly category: string;
  readonly summary: string;
  /** What the search reads, in lower case. */
  readonly words: string;
  readonly picture: ReactNode;
}

/** Kinds by category with their cards; those in which every word of the search occurs. */
export function KindList({ entries }: { readonly entries: readonly KindListEntry[] }) {
  const [query, setQuery] = useState('');
  const words = useDeferredValue(query).toLowerCase().split(/\s+/).filter(Boolean);
  const shown = entries.filter((entry) => words.every((word) => entry.words.includes(word)));
  const categories = [...new Set(shown.map(({ category }) => category))];
  return (
    <>
      <div className={styles.bar}>
        <SearchField label="Find a kind" value={query} onChange={setQuery} />
        <nav className={styles.categories} aria-label="Categories">
          {categories.map((category) => (
            <a key={category} href={`#${slug(category)}`}>
              {category}
            </a>
          ))}
        </nav>
        <span role="status" className="visually-hidden">
          {shown.length === entries.length ? '' : `${shown.length} of ${entries.length} kinds`}
        </span>
      </div>
      {categories.map((category) => (
        <section key={category} aria-labelledby={slug(category)}>
          <h2 id={slug(category)} className={styles.category}>
            {category}
          </h2>
          <ul className={styles.grid}>
            {shown
              .filter((entry) => entry.category === category)
              .map(({ kind, title, summary, picture }) => (
                <li key={kind} className={styles.tile}>
                  <div className={styles.picture}>
                    <div className={styles.fitted}>{picture}</div>
                  </div>
                  <div className={styles.words}>
                    <h3>
                      <Link href={`/docs/${kind}`} prefetch={false} className={styles.open}>
                        {title}
                      </Link>
                    </h3>
                    <p>{summary}</p>
                  </div>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {shown.length === 0 ? <p className={styles.none}>No kind matches all of these words.</p> : null}
    </>
  );
}
