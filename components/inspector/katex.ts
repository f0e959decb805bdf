import 'katex/dist/katex.min.css';
import katex from 'katex';

/** TeX to HTML with MathML beside it for screen readers; lines are parted by a double backslash. */
export const renderTex = (tex: string): string =>
  katex.renderToString(tex.includes('\\\\') ? `\\begin{gathered}${tex}\\end{gathered}` : tex, {
    output: 'htmlAndMathml',
    throwOnError: false,
  });
