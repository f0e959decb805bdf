import { formatCount } from '@/lib/util/format-count';
/** 41 s, 3 min 20 s, 2 h 5 min */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 90) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 10) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 184, 9.2, 0.41 */
export const formatRate = (perSecond: number): string =>
  perSecond >= 20 ? formatCount(Math.round(perSecond)) : perSecond.toPrecision(2);

/** 9 MB, 1.4 GB */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  if (bytes < 1e9) return `${bytes < 1e7 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A metric or loss: three or four significant digits, whole numbers as they are. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return formatCount(value);
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(2);
  return value.toPrecision(size >= 1000 ? 4 : 3);
}

/** A metric's number with what it is out of: 7 / 8, 93.1 %, 21.4 dB. */
export function formatReading(
  value: number,
  { unit, total }: { readonly unit?: string | undefined; readonly total?: number | undefined },
): string {
  if (total !== undefined) return `${formatValue(value)} / ${formatValue(total)}`;
  if (!unit || !Number.isFinite(value)) return formatValue(value);
  return `${formatValue(unit === '%' ? 100 * value : value)} ${unit}`;
}
