import { Suspense, useDeferredValue } from 'react';
import type { Components, Options } from 'react-markdown';
import { part } from '@/components/ui/part';
import styles from './markdown.module.css';

const ReactMarkdown = part<Options>(
  'the layout of texts',
  () => import('react-markdown').then((module) => module.default),
  { instead: ({ children }) => children },
);

/** Markdown without raw HTML; links open elsewhere, pictures are not fetched. */
export function Markdown({ text, empty = '' }: { readonly text: string; readonly empty?: string }) {
  // A document that is opened is seen before its lesson is set.
  const shown = useDeferredValue(text || empty, '');
  return (
    <div className={styles.markdown}>
      {shown ? (
        <Suspense fallback={shown}>
          <ReactMarkdown skipHtml disallowedElements={['img']} components={elements}>
            {shown}
          </ReactMarkdown>
        </Suspense>
      ) : null}
    </div>
  );
}

const elements: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  ),
};
