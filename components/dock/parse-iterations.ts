const MOST = 100_000_000;

/** `12,000`, `12k` or `1e4` as a number of iterations, or undefined. */
export function parseIterations(text: string, least: number): number | undefined {
  const [, digits, unit] = /^\s*([\d.,\s]+(?:e\d+)?)\s*([km]?)\s*$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const factor = { k: 1e3, m: 1e6 }[unit?.toLowerCase() ?? ''] ?? 1;
  const value = Math.round(Number(digits.replace(/[,\s]/g, '')) * factor);
  return Number.isFinite(value) && value >= least && value <= MOST ? value : undefined;
}
