import Link from 'next/link';
import type { GalleryEntry } from './entry';
import styles from './gallery.module.css';
import { Placeholder } from './placeholder';

/** One system: its picture, its idea, its paper. The whole card opens it. */
export function GalleryCard({ entry, family }: { readonly entry: GalleryEntry; readonly family: string }) {
  const { id, title, idea, paper, tags, picture } = entry;
  return (
    <li className={styles.card}>
      <div className={styles.picture}>
        {picture ? (
          (['light', 'dark'] as const).map((theme) => (
            // The other theme's is not displayed, and therefore not fetched.
            // biome-ignore lint/performance/noImgElement: small local files of known size
            <img
              key={theme}
              src={picture[theme]}
              alt=""
              width={640}
              height={400}
              loading="lazy"
              data-for={theme}
            />
          ))
        ) : (
          <Placeholder seed={id} />
        )}
      </div>
      <div className={styles.words}>
        <p className={styles.family}>{family}</p>
        <h3 className={styles.name}>
          <Link href={`/edit?example=${id}`} className={styles.open} prefetch={false}>
            {title}
          </Link>
        </h3>
        <p className={styles.idea}>{idea}</p>
        <p className={styles.foot}>
          {paper ? (
            <a href={paper.url} target="_blank" rel="noreferrer" className={styles.paper}>
              {paper.label}
            </a>
          ) : (
            <span />
          )}
          <span className={styles.tags}>
            {tags.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tag}
              </span>
            ))}
          </span>
        </p>
      </div>
    </li>
  );
}
