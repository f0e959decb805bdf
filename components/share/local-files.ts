import { formatGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';

/** `ring-of-eight-gaussians.json` */
export const fileNameOf = (title: string): string => `${stemOf(title)}.json`;

/** The same without an ending. */
export function stemOf(title: string): string {
  const name = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return name || 'untitled';
}

/** Hands bytes or text to the person as a file. */
export function downloadFile(name: string, content: string | Uint8Array, type: string): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The document as a file. */
export const saveGraphFile = (graph: Graph): void =>
  downloadFile(fileNameOf(graph.title), formatGraph(graph), 'application/json');

/** Asks for files; none where the person thinks better of it. */
export function pickFiles(
  ask: Partial<Pick<HTMLInputElement, 'accept' | 'multiple' | 'webkitdirectory'>>,
): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = Object.assign(document.createElement('input'), { type: 'file', ...ask });
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}
