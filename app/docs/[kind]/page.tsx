import 'katex/dist/katex.min.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { categories, factsOf, kinds, openAddress } from '@/components/docs/facts';
import { KindContents } from '@/components/docs/kind-contents';
import { KindEntry } from '@/components/docs/kind-entry';
import styles from '@/components/docs/reference.module.css';
import { SiteHeader } from '@/components/gallery/site-header';

interface PageProps {
  readonly params: Promise<{ readonly kind: string }>;
}

const find = async ({ params }: PageProps) => {
  const { kind } = await params;
  return kinds.find((definition) => definition.kind === kind);
};

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const definition = await find(props);
  return definition ? { title: definition.title, description: definition.summary } : {};
}

/** One kind of the registry. */
export default async function KindPage(props: PageProps) {
  const definition = await find(props);
  if (!definition) notFound();
  const facts = factsOf(definition);
  return (
    <div className={styles.page}>
      <SiteHeader />
      <div className={styles.columns}>
        <KindContents categories={categories} current={definition.kind} />
        <main>
          <KindEntry facts={facts} address={await openAddress(facts)} />
        </main>
      </div>
    </div>
  );
}
