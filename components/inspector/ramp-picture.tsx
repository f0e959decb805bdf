import { type Ramp, valueAt } from '@/lib/nodes/params';

const WIDTH = 96;
const HEIGHT = 24;
const POINTS = 48;

/** The ramp over the run, left to right, its extremes at the picture's edges. */
export function RampPicture({ ramp }: { readonly ramp: Ramp }) {
  const low = Math.min(ramp.from, ramp.to);
  const span = Math.abs(ramp.from - ramp.to) || 1;
  const points = Array.from({ length: POINTS + 1 }, (_, i) => {
    const x = (i / POINTS) * WIDTH;
    const y = 2 + (HEIGHT - 4) * (1 - (valueAt(ramp, i / POINTS) - low) / span);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`From ${ramp.from} to ${ramp.to}`}>
      <polyline points={points.join(' ')} fill="none" stroke="var(--accent)" strokeWidth={1.5} />
    </svg>
  );
}
