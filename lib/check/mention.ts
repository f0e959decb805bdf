import type { Diagnostic, Part } from '@/lib/graph/diagnostic';
import { type Named, nameOf, portName } from './names';

/**
 * Names in messages. A pass of the check mentions what it means by its id, while titles are still open: a call's
 * follows from its wires. `spell` puts in the names that the canvas shows, when all is known.
 */
export const mention = (id: string): string => `${OPEN}${id}${CLOSE}`;

/** An end of a wire: `D(G(z))`, `labels of Dataset`, `θ of Generator`. */
export const mentionEnd = (side: 'input' | 'output', { id, port }: { id: string; port: string }): string =>
  `${OPEN}${id} ${side} ${port}${CLOSE}`;

/** For private use in Unicode, so no text has them by chance. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MENTION = /\uE000([^\uE001 ]*)(?: (input|output) ([^\uE001]*))?\uE001/g;

/** A diagnostic in the words of the canvas. */
export function spell(diagnostic: Diagnostic, named: Named): Diagnostic {
  const message = partsOf(diagnostic.message, named);
  const hint = partsOf(diagnostic.hint ?? '', named);
  const isNaming = [...message, ...hint].some((part) => typeof part !== 'string');
  const { fix } = diagnostic;
  return {
    ...diagnostic,
    message: textOf(message),
    ...(diagnostic.hint !== undefined && { hint: textOf(hint) }),
    ...(isNaming && { parts: { message, hint } }),
    ...(fix && { fix: { ...fix, label: textOf(partsOf(fix.label, named)) } }),
  };
}

function partsOf(text: string, named: Named): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { index, 0: all, 1: id = '', 2: side, 3: port = '' } of text.matchAll(MENTION)) {
    const name = nameOf(named, id);
    const before =
      side === undefined ? name : portName(named, { id, port, side: side as 'input' | 'output' });
    parts.push(text.slice(at, index) + before.slice(0, before.length - name.length), { id, name });
    at = index + all.length;
  }
  return [...parts, text.slice(at)].filter((part) => part !== '');
}

const textOf = (parts: readonly Part[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.name)).join('');
