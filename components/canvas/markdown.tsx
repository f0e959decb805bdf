import { lazy, Suspense } from 'react';
import styles from './markdown.module.css';

const ReactMarkdown = lazy(() => import('react-markdown'));

/** Markdown without raw HTML; links open elsewhere, pictures are not fetched. */
export function Markdown({ text, empty = '' }: { readonly text: string; readonly empty?: string }) {
  return (
    <div className={styles.markdown}>
      <Suspense fallback={text}>
        <ReactMarkdown
          skipHtml
          disallowedElements={['img']}
          components={{
            a: ({ href, children }) => (
              <a href={href} target="_blank" rel="noreferrer">
                {children}
              </a>
            ),
          }}
        >
          {text || empty}
        </ReactMarkdown>
      </Suspense>
    </div>
  );
}
