import { quantity } from '@/lib/util/sentence';
import { type FileRefusal, listed, NO_MODELS, OPENS, refuseData, refuseFile } from './file-refusal';

/** Lines that are looked at to recognise a table. */
const LOOK = 50;

/** What a text is that is neither JSON nor a link. */
export function refuseText(text: string): FileRefusal {
  const start = text.slice(0, 2_000).trimStart();
  if (/^<(!doctype html|html)\b/i.test(start))
    return refuseFile(
      'file-html',
      'This is a web page.',
      'To open a graph from it, copy the link itself and paste it here.',
    );
  if (/^(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<svg\b/i.test(start))
    return refuseFile(
      'file-picture',
      'This is an SVG picture; there is no graph in it.',
      'As data: save it as PNG.',
    );
  if (/^<\?xml\b/i.test(start))
    return refuseFile('file-other', 'This is XML; there is no graph in it.', OPENS);
  if (/^(ir_version|node \{|graph \{)/.test(start))
    return refuseFile(
      'file-model',
      'This is a model in ONNX, as text, which Ganvas does not read.',
      NO_MODELS,
    );
  const lines = text
    .slice(0, 100_000)
    .split(/\r\n|\n|\r/)
    .slice(0, LOOK);
  if (lines.some((line) => /^(import \w|from [\w.]+ import |def \w+\(|class \w+.*:)/.test(line)))
    return refuseFile(
      'file-python',
      'This is a program in Python, which Ganvas writes and does not read.',
      'Open the graph that it was exported from (.json), or the weights beside it (.safetensors).',
    );
  return (
    refuseTable(text, lines) ??
    refuseFile('file-text', 'This is text without a graph or a link in it.', OPENS)
  );
}

const separators = { ',': 'commas', '\t': 'tabs', ';': 'semicolons' } as const;

/** Rows of as many cells each, the most of them numbers. */
function refuseTable(text: string, lines: readonly string[]): FileRefusal | undefined {
  const isCut = lines.length === LOOK || text.length > 100_000;
  const rows = (isCut ? lines.slice(0, -1) : lines).filter(
    (line) => line.trim() !== '' && !line.startsWith('#'),
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  for (const [separator, name] of Object.entries(separators)) {
    const cells = rows.map((row) => row.split(separator));
    const columns = cells[0]?.length ?? 0;
    if (columns < 2 || cells.some((row) => row.length !== columns)) continue;
    const hasHead = cells[0]?.every((cell) => !isNumber(cell)) ?? false;
    const body = hasHead ? cells.slice(1) : cells;
    const numbers = body.flat().filter(isNumber).length;
    if (body.length === 0 || (rows.length < 2 && numbers === 0)) continue;
    const total = text
      .split(/\r\n|\n|\r/)
      .filter((line) => line.trim() !== '' && !line.startsWith('#')).length;
    const heads = hasHead
      ? ` (${listed(
          (cells[0] ?? []).map((cell) => cell.trim().replace(/^"|"$/g, '')),
          4,
        )})`
      : '';
    return refuseData(
      'file-table',
      `This is a table, separated by ${name}, of ${quantity(total - (hasHead ? 1 : 0), 'row')} and ${quantity(columns, 'column')}${heads}.`,
    );
  }
  return rows.length > 1 && rows.slice(1).every(isNumber)
    ? refuseData('file-table', 'This is a column of numbers.')
    : undefined;
}

const isNumber = (cell: string): boolean => cell.trim() !== '' && Number.isFinite(Number(cell));
