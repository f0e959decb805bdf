import type { Diagnostic } from '@/lib/graph/diagnostic';
import { formatCount } from '@/lib/util/format-count';

/** What a file is that is no graph: one sentence, and what can be done with it here, which may take some lines of code. */
export interface FileRefusal {
  readonly ok: false;
  readonly diagnostics: readonly [Diagnostic];
  /** It is data, which the editor reads. */
  readonly isData?: true;
}

export const refuseFile = (code: string, message: string, hint: string, snippet?: string): FileRefusal => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, hint, ...(snippet && { snippet }) }],
});

/** Data of a user's own, where a graph was expected. */
export const refuseData = (code: string, message: string, hint = '', snippet?: string): FileRefusal => ({
  ...refuseFile(code, message, `${hint}${HOW_DATA}`, snippet),
  isData: true,
});

/** What opens, for whoever has something else. */
export const OPENS = 'Open a graph (.json) or weights (.safetensors) that Ganvas saved, or paste a link.';
const HOW_DATA =
  'As data: drop it on the editor, or on the command line: ganvas data FILE, ganvas train GRAPH --data FILE.';
/** For data in formats that are not read. */
export const OTHER_DATA = 'Save it as CSV, NPY or NPZ, or as images (PNG, JPEG, WebP, GIF, AVIF).';
export const NO_MODELS =
  'Build its layers on the canvas, or start from an example; weights come in as .safetensors or .pth, under the names of the exported PyTorch file.';

/** `a, b, c and 4 more` */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${formatCount(more)} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}
