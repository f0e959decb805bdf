import type { Metadata } from 'next';
import { CardPicture } from '@/components/docs/card-picture';
import { factsOf, kinds } from '@/components/docs/facts';
import styles from '@/components/docs/index.module.css';
import { KindList } from '@/components/docs/kind-list';
import { SiteHeader } from '@/components/gallery/site-header';

export const metadata: Metadata = { title: 'Reference' };

/** Every kind, straight from the registry: found by words or by category. */
export default function ReferencePage() {
  return (
    <div className={styles.page}>
      <SiteHeader />
      <main>
        <div className={styles.intro}>
          <h1>Reference</h1>
          <p>
            The {kinds.length} kinds of nodes, as the editor, the trainer and the PyTorch export know them.
            Each has a small game in which it is at work, to open in the editor. The document itself is
            described by its <a href="/schema/v2.json">JSON Schema</a>.
          </p>
        </div>
        <KindList
          entries={kinds.map((definition) => {
            const { kind, title, category, summary, aliases = [] } = definition;
            return {
              kind,
              title,
              category,
              summary,
              words: [kind, title, category, summary, ...aliases].join(' ').toLowerCase(),
              picture: <CardPicture facts={factsOf(definition)} />,
            };
          })}
        />
      </main>
    </div>
  );
}
