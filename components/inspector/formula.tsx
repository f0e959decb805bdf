import { useEffect, useState } from 'react';
import styles from './inspector.module.css';

// Not fetched ahead: the page goes on without it.
const loadKatex = () => import('./katex');

/** TeX as KaTeX draws it; the source until KaTeX has arrived. Formulas are the registry's own, never a user's. */
export function Formula({ tex }: { readonly tex: string }) {
  const [html, setHtml] = useState<{ readonly tex: string; readonly html: string }>();
  useEffect(() => {
    let gone = false;
    loadKatex().then(
      ({ renderTex }) => {
        if (!gone) setHtml({ tex, html: renderTex(tex) });
      },
      // The source says the same; the next formula tries again.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [tex]);
  if (html?.tex !== tex) return <pre className={styles.formula}>{tex}</pre>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's output for a formula of the registry
  return <div className={styles.formula} dangerouslySetInnerHTML={{ __html: html.html }} />;
}
