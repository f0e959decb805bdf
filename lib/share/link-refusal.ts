import type { Diagnostic } from '@/lib/graph/diagnostic';
import { formatCount } from '@/lib/util/format-count';
import { MOST_LINK } from './find-link';

/** Why a link does not open, in words. */
export interface Refusal {
  readonly ok: false;
  readonly diagnostics: readonly [Diagnostic];
}

const refuse = (code: string, message: string, hint?: string): Refusal => ({
  ok: false,
  diagnostics: [{ code, severity: 'error', message, ...(hint && { hint }) }],
});

export const damaged = (): Refusal =>
  refuse(
    'link-damaged',
    'This link is damaged: a part of it is missing or changed.',
    'Ask for it again, or for the graph as a file; some programs cut long links.',
  );

export const newer = (version: number, codec: number): Refusal =>
  refuse(
    'link-newer',
    `This link was made by a newer Ganvas (link format ${version}; this one reads up to ${codec}).`,
    'Reload the page to get the newest Ganvas.',
  );

export const tooLong = (length: number): Refusal =>
  refuse(
    'link-too-large',
    `This link has ${formatCount(length)} characters; at most ${formatCount(MOST_LINK)} are read.`,
    'Ask for the graph as a file.',
  );

export const expandsTooFar = (bytes: number, limit: number): Refusal =>
  refuse(
    'link-too-large',
    `This link of ${formatCount(bytes)} bytes expands to more than ${formatCount(limit)}; it was not opened.`,
  );

export const notALink = (text: string): Refusal =>
  refuse(
    'link-not-a-graph',
    `There is no graph in “${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”: a link of Ganvas has “#g=1.” in it.`,
    'Check that it was copied whole. If a newer Ganvas made it, reload the page.',
  );

/** Characters of a text that are repeated to its reader. */
const SHOWN = 40;
