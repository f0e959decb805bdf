import type { Diagnostic } from '@/lib/graph/diagnostic';

/** What a file is that is no graph: one sentence, and what can be done with it here, which may take some lines of code. */
export interface FileRefusal {
  readonly ok: false;
  readonly diagnostics: readonly [Diagnostic];
}

export const refuseFile = (code: string, message: string, hint: string, snippet?: string): FileRefusal => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, hint, ...(snippet && { snippet }) }],
});

/** What opens, for whoever has something else. */
export const OPENS = 'Open a graph (.json) or weights (.safetensors) that Ganvas saved, or paste a link.';
export const NO_DATA_YET =
  'The page does not read data of your own yet; the command line does: ganvas data FILE, ganvas train GRAPH --data FILE.';
export const NO_MODELS =
  'Build its layers on the canvas, or start from an example; weights come in as .safetensors or .pth, under the names of the exported PyTorch file.';

/** `a, b, c and 4 more` */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more.toLocaleString('en')} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}
