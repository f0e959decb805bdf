/** Comma-separated values, as RFC 4180 has them. Numbers that are not finite stay empty. */
export type Cell = string | number;

export const csv = (head: readonly string[], rows: Iterable<readonly Cell[]>): string =>
  `${Array.from([head, ...rows], (row) => row.map(cell).join(',')).join('\n')}\n`;

/** Seven digits are all that a 32-bit number holds. Text is quoted, and never starts as a formula would. */
function cell(value: Cell): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return '';
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(7)));
  }
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
