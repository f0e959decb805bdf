import 'katex/dist/katex.min.css';
import type { Metadata } from 'next';
import { KindEntry } from '@/components/docs/kind-entry';
import styles from '@/components/docs/reference.module.css';
import { SiteHeader } from '@/components/gallery/site-header';
import type { NodeDefinition } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';

export const metadata: Metadata = { title: 'Reference' };

/** Every kind, straight from the registry. */
export default function ReferencePage() {
  const kinds: readonly NodeDefinition[] = registry;
  const categories = [...new Set(kinds.map(({ category }) => category))].map(
    (name) => [name, kinds.filter(({ category }) => category === name)] as const,
  );
  return (
    <div className={styles.page}>
      <SiteHeader />
      <div className={styles.columns}>
        <nav className={styles.contents} aria-label="Kinds">
          {categories.map(([category, members]) => (
            <section key={category}>
              <h2>{category}</h2>
              <ul>
                {members.map(({ kind, title }) => (
                  <li key={kind}>
                    <a href={`#${kind}`}>{title}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <main>
          <div className={styles.intro}>
            <h1>Reference</h1>
            <p>
              The {kinds.length} kinds of nodes, as the editor, the trainer and the PyTorch export know them.
              The document itself is described by its <a href="/schema/v1.json">JSON Schema</a>.
            </p>
          </div>
          {categories.map(([category, members]) => (
            <section key={category} aria-label={category}>
              <h2 className={styles.category}>{category}</h2>
              {members.map((definition) => (
                <KindEntry key={definition.kind} definition={definition} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </div>
  );
}
