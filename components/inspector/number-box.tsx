import type { Edit } from '@/lib/store/editor';
import { formatCount } from '@/lib/util/format-count';
import { readNumber } from '@/lib/util/read-number';
import { formatNumber, formatRange, type NumberRange } from './describe-field';
import { TextBox } from './text-box';
import type { Gesture } from './use-gesture';

interface NumberBoxProps {
  readonly id?: string;
  readonly label?: string;
  /** Not a number where the document holds something else, which is then shown as wrong. */
  readonly value: unknown;
  readonly range: NumberRange;
  readonly step?: number | undefined;
  readonly unit?: string | undefined;
  readonly gesture: Gesture;
  edit(value: number): Edit;
}

const inRange = (value: number, { min, max, above, below, whole }: NumberRange): boolean =>
  Number.isFinite(value) &&
  (!whole || Number.isSafeInteger(value)) &&
  (min === undefined || (above ? value > min : value >= min)) &&
  (max === undefined || (below ? value < max : value <= max));

const format = (value: number, { whole }: NumberRange): string =>
  whole && Math.abs(value) < 1e9 ? formatCount(value) : formatNumber(value);

/** A number within its limits; arrows step it, with Shift ten times as far. */
export function NumberBox({ id, label, value, range, step = 1, unit, gesture, edit }: NumberBoxProps) {
  return (
    <TextBox
      {...(id !== undefined && { id })}
      {...(label !== undefined && { label })}
      text={typeof value === 'number' ? format(value, range) : JSON.stringify(value ?? '')}
      numeric
      settled
      {...(unit !== undefined && { hint: unit })}
      fault={(text) =>
        inRange(readNumber(text), range) ? undefined : `${range.whole ? 'Whole: ' : ''}${formatRange(range)}`
      }
      onType={(text) => gesture.change(edit(readNumber(text)))}
      onEnd={gesture.end}
      onCancel={gesture.cancel}
      onStep={(steps) => {
        // Rounded to the step's own digits, so that 0.1 + 0.2 reads 0.3.
        const from = typeof value === 'number' ? value : (range.min ?? 0);
        const next = Number((from + steps * step).toPrecision(12));
        const low = range.min ?? -Infinity;
        const high = range.max ?? Infinity;
        const clamped = Math.min(high, Math.max(low, next));
        if (inRange(clamped, range)) gesture.change(edit(clamped));
      }}
    />
  );
}
