import type { Edit } from '@/lib/store/editor';
import type { NumberRange } from './describe-field';
import styles from './inspector.module.css';
import type { Gesture } from './use-gesture';

/** Whether numbers between these limits can be hit with a slider. */
export const suitsSlider = ({ min = 0, max = min, whole }: NumberRange, logarithmic: boolean): boolean =>
  !whole && (logarithmic || max - min <= 1000);

/** Ends of a slider: narrower than the limits where those are too wide to hit anything on it. */
function extent({ min = 0, max }: NumberRange, logarithmic: boolean, value: number): [number, number] {
  if (logarithmic) return [Math.max(min, 1e-6), Math.max(Math.min(max ?? 1, 1), value)];
  return [Math.min(min, value), max ?? Math.max(1, 2 * value)];
}

const NOTCHES = 200;

/** A live number by hand; on a logarithmic scale where its meta says so. */
export function Slider(props: {
  readonly label: string;
  readonly value: number;
  readonly range: NumberRange;
  readonly logarithmic: boolean;
  readonly step: number;
  readonly gesture: Gesture;
  edit(value: number): Edit;
}) {
  const { label, value, range, logarithmic, step, gesture, edit } = props;
  const [low, high] = extent(range, logarithmic, value);
  const share = logarithmic
    ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
    : (value - low) / (high - low);
  const read = (notch: number) => {
    const t = notch / NOTCHES;
    if (logarithmic) return Number((low * (high / low) ** t).toPrecision(2));
    return Number((Math.round((low + t * (high - low)) / step) * step).toPrecision(6));
  };
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={`${label}, slider`}
      aria-valuetext={String(value)}
      min={0}
      max={NOTCHES}
      value={Math.round(share * NOTCHES)}
      onChange={(event) => gesture.change(edit(read(Number(event.target.value))))}
      onPointerUp={gesture.end}
      onKeyUp={gesture.end}
      onBlur={gesture.end}
    />
  );
}
