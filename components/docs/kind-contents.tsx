import Link from 'next/link';
import type { NodeDefinition } from '@/lib/nodes/define';
import styles from './reference.module.css';

/** All kinds beside one of them; its own category is open. */
export function KindContents(props: {
  readonly categories: readonly (readonly [category: string, members: readonly NodeDefinition[]])[];
  readonly current: string;
}) {
  return (
    <nav className={styles.contents} aria-label="Kinds">
      <Link href="/docs" prefetch={false}>
        All kinds
      </Link>
      {props.categories.map(([category, members]) => (
        <details key={category} open={members.some(({ kind }) => kind === props.current)}>
          <summary>{category}</summary>
          <ul>
            {members.map(({ kind, title }) => (
              <li key={kind}>
                <Link
                  href={`/docs/${kind}`}
                  prefetch={false}
                  aria-current={kind === props.current ? 'page' : undefined}
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}
