import type { Curve } from '@/lib/store/curves';

export const WIDTH = 60;
export const HEIGHT = 16;

/** The curve as an SVG path over its own range; at most one point a pixel. */
export function sparkPath({ values }: Curve): string {
  const step = Math.max(1, Math.floor(values.length / WIDTH));
  const shown = Array.from(values).filter((_, i) => i % step === 0 || i === values.length - 1);
  if (shown.length < 2) return '';
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low || 1;
  return shown
    .map((value, i) => {
      const x = (i / (shown.length - 1)) * WIDTH;
      const y = HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
