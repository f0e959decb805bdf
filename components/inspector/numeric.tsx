import type { Json } from '@/lib/graph/schema';
import { type ParamMeta, rampSchema, type Scheduled } from '@/lib/nodes/params';
import type { Edit } from '@/lib/store/editor';
import type { Binding } from './binding';
import type { NumberRange } from './describe-field';
import { NumberBox } from './number-box';
import { RampEditor } from './ramp-editor';
import { Slider, suitsSlider } from './slider';
import type { Gesture } from './use-gesture';

interface NumericProps {
  readonly id: string;
  readonly meta: Pick<ParamMeta, 'label' | 'step' | 'unit' | 'input'>;
  readonly binding: Binding;
  readonly range: NumberRange;
  readonly gesture: Gesture;
  commit(value: Json): void;
}

/** A number; if it is live, with a slider and a schedule. */
export function Numeric(props: NumericProps) {
  const { id, meta, binding, gesture, commit, range } = props;
  const { value } = binding;
  const edit = binding.edit as (value: Scheduled) => Edit;
  const isLogarithmic = meta.input === 'log';
  const isScheduled = range.scheduled && rampSchema.safeParse(value).success;
  const plain = typeof value === 'number' ? value : undefined;
  const box = isScheduled ? null : (
    <NumberBox
      id={id}
      label={meta.label}
      value={value}
      range={range}
      step={isLogarithmic ? (plain ?? 0) / 10 || 1e-4 : meta.step}
      unit={meta.unit}
      gesture={gesture}
      edit={edit}
    />
  );
  // What is neither a number nor a ramp is shown as it is, to be fixed.
  if (!range.scheduled || (plain === undefined && !isScheduled)) return box;
  return (
    <>
      <RampEditor
        label={meta.label}
        value={value as Scheduled}
        range={range}
        step={meta.step}
        gesture={gesture}
        edit={edit}
        onCommit={commit as (value: Scheduled) => void}
        constant={box}
      />
      {plain === undefined || !suitsSlider(range, isLogarithmic) ? null : (
        <Slider
          label={meta.label}
          value={plain}
          range={range}
          logarithmic={isLogarithmic}
          step={meta.step ?? 0.01}
          gesture={gesture}
          edit={edit}
        />
      )}
    </>
  );
}
