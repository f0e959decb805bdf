import { formatCount } from '@/lib/util/format-count';
/** With one full stop, whatever a browser or a library puts at the end of its own words. */
export const asSentence = (text: string): string => `${text.replace(/[\s.]+$/, '')}.`;

/** `1 node`, `12,000 nodes`. */
export const quantity = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;
