import type { ReactNode } from 'react';
import { Select } from '@/components/ui/select';
import { type Ramp, rampSchema, type Scheduled } from '@/lib/nodes/params';
import type { Edit } from '@/lib/store/editor';
import type { NumberRange } from './describe-field';
import styles from './inspector.module.css';
import { NumberBox } from './number-box';
import { RampPicture } from './ramp-picture';
import type { Gesture } from './use-gesture';

const curves = [
  { value: 'constant', label: 'Fixed' },
  { value: 'linear', label: 'Linear' },
  { value: 'cosine', label: 'Cosine' },
  { value: 'step', label: 'Step' },
] as const;

const share: NumberRange = { min: 0, max: 1, above: false, below: false, whole: false, scheduled: false };

/** How a live number changes over the run: constant, or from one value to another between two of its moments. */
export function RampEditor(props: {
  readonly label: string;
  readonly value: Scheduled;
  readonly range: NumberRange;
  readonly step: number | undefined;
  readonly gesture: Gesture;
  edit(value: Scheduled): Edit;
  onCommit(value: Scheduled): void;
  /** The box of a constant, beside the choice of schedule. */
  readonly constant: ReactNode;
}) {
  const { label, value, range, step, gesture, edit, onCommit } = props;
  const ramp = rampSchema.safeParse(value).data;
  const choose = (curve: (typeof curves)[number]['value']) => {
    if (curve === 'constant') onCommit(ramp ? ramp.from : value);
    else if (ramp) onCommit({ ...ramp, curve });
    else onCommit({ from: value as number, to: lower(value as number, range), curve, start: 0, end: 1 });
  };
  const box = (name: keyof Omit<Ramp, 'curve'>, title: string, limits: NumberRange, by: number | undefined) =>
    ramp && (
      <span className={styles.rampField}>
        <span className={styles.rampLabel}>{title}</span>
        <NumberBox
          label={`${label}, ${title}`}
          value={ramp[name]}
          range={limits}
          step={by}
          gesture={gesture}
          edit={(next) => edit({ ...ramp, [name]: next })}
        />
      </span>
    );
  return (
    <div className={styles.ramp}>
      <div className={styles.rampHead}>
        {ramp ? null : props.constant}
        <Select
          size="sm"
          className={ramp ? undefined : styles.curve}
          label={`${label}, schedule`}
          value={ramp ? ramp.curve : 'constant'}
          options={curves}
          onChange={choose}
        />
        {ramp ? <RampPicture ramp={ramp} /> : null}
      </div>
      {ramp ? (
        <div className={styles.rampFields}>
          {box('from', 'from', range, step)}
          {box('to', 'to', range, step)}
          {box('start', 'start', share, 0.05)}
          {box('end', 'end', share, 0.05)}
        </div>
      ) : null}
    </div>
  );
}

/** A hundredth of the value is where rates usually end; the limit where that is lower than allowed. */
const lower = (value: number, { min, whole, above }: NumberRange): number => {
  const target = whole ? Math.max(1, Math.round(value / 100)) : Number((value / 100).toPrecision(3));
  return min !== undefined && (above ? target <= min : target < min) ? value : target;
};
