import { downloadFile, stemOf } from '@/components/ui/download';
import { formatGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';

/** `ring-of-eight-gaussians.json` */
export const fileNameOf = (title: string): string => `${stemOf(title)}.json`;

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
