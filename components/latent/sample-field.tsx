import type { PointerEvent } from 'react';
import { classes } from '@/components/ui/classes';
import { sizeOf } from '@/lib/shapes/shape';
import { range } from '@/lib/util/range';
import styles from './sample-field.module.css';
import { type Sample, Tile } from './tile';

/** Samples to choose from, and how each stands. */
interface FieldSample extends Sample {
  /** Read out. */
  readonly label: string;
  /** What stands for it where it is a point. */
  readonly short: string;
  readonly pressed?: boolean;
  /** What is written on it: a set that it belongs to. */
  readonly mark?: string;
}

interface SampleFieldProps {
  readonly label: string;
  readonly samples: readonly FieldSample[];
  readonly onPick?: (index: number) => void;
  /** Of samples on the plane: drawn beside them, joined by a line. */
  readonly path?: readonly Sample[];
  /** The sample that is looked at, on the plane. */
  readonly current?: Sample | undefined;
}

/** Points lie on the plane, numbers on a line; other samples are tiles. */
export const isOnPlane = (dims: readonly number[]): boolean => dims.length === 1 && sizeOf(dims) <= 2;

export function SampleField(props: SampleFieldProps) {
  const { label, samples, onPick, path = [], current } = props;
  const [first] = samples;
  const onPlane = first !== undefined && isOnPlane(first.dims);
  return (
    <div className={onPlane ? styles.beside : undefined}>
      {onPlane ? <Plane samples={samples} path={path} current={current} onPick={onPick} /> : null}
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that pick a sample, not a form's fields */}
      <div role="group" aria-label={label} className={styles.grid}>
        {samples.map((sample, i) => (
          <button
            key={sample.label}
            type="button"
            className={classes(styles.sample, onPlane && styles.numbered)}
            aria-label={sample.label}
            aria-pressed={sample.pressed}
            onClick={() => onPick?.(i)}
          >
            {onPlane ? sample.short : <Tile of={sample} />}
            {sample.mark ? <span className={styles.mark}>{sample.mark}</span> : null}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Where the samples lie; a press picks the nearest. The buttons beside it do the same. */
function Plane(props: Pick<SampleFieldProps, 'samples' | 'path' | 'current' | 'onPick'>) {
  const { samples, path = [], current, onPick } = props;
  const place = placer([...samples, ...path, ...(current ? [current] : [])]);
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const at = [(100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height] as const;
    const far = samples.map((sample) => Math.hypot(place(sample)[0] - at[0], place(sample)[1] - at[1]));
    onPick?.(far.indexOf(Math.min(...far)));
  };
  return (
    <svg className={styles.plane} viewBox="0 0 100 100" aria-hidden="true" onPointerDown={pick}>
      {path.length > 1 ? <polyline points={path.map((each) => place(each).join(',')).join(' ')} /> : null}
      {samples.map((sample) => {
        const [x, y] = place(sample);
        return (
          <g key={sample.label} data-pressed={sample.pressed ? '' : undefined}>
            <circle cx={x} cy={y} r={2} />
            {sample.mark || sample.pressed ? (
              <text x={x + 3} y={y - 2}>
                {sample.mark ?? sample.short}
              </text>
            ) : null}
          </g>
        );
      })}
      {current ? (
        <circle className={styles.current} cx={place(current)[0]} cy={place(current)[1]} r={3.6} />
      ) : null}
    </svg>
  );
}

const MARGIN = 0.08;

/** Where samples of one or two numbers lie in a box, in hundredths; all of them inside. */
function placer(samples: readonly Sample[]): (sample: Sample) => readonly [number, number] {
  const [x, y] = range(2).map((axis) => {
    const values = samples.map(({ data }) => data[axis] ?? 0);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const share = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
    return (value: number) => 100 * (MARGIN + (1 - 2 * MARGIN) * share(value));
  }) as [(value: number) => number, (value: number) => number];
  return ({ data }) => [x(data[0] ?? 0), 100 - y(data[1] ?? 0)];
}
