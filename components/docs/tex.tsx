import katex from 'katex';
import styles from './reference.module.css';

/** A formula of the registry, set on the server; no script reaches the page for it. */
export function Tex({ formula }: { readonly formula: string }) {
  const lines = formula.includes('\\\\') ? `\\begin{gathered}${formula}\\end{gathered}` : formula;
  const html = katex.renderToString(lines, { output: 'htmlAndMathml', throwOnError: false });
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's output for a formula of the registry
  return <div className={styles.formula} dangerouslySetInnerHTML={{ __html: html }} />;
}
