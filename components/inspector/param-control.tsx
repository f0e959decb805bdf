import { useStores } from '@/components/hooks/stores';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { Json } from '@/lib/graph/schema';
import { rampSchema, type Scheduled } from '@/lib/nodes/params';
import type { Edit } from '@/lib/store/editor';
import { assertNever } from '@/lib/util/assert';
import type { Binding } from './binding';
import { type Field, findFault, type NumberRange } from './describe-field';
import styles from './inspector.module.css';
import { NumberBox } from './number-box';
import { RampEditor } from './ramp-editor';
import { ReferenceSelect } from './reference-select';
import { Slider } from './slider';
import { TextBox } from './text-box';
import { type Gesture, useGesture } from './use-gesture';

interface ControlProps {
  readonly id: string;
  readonly field: Field;
  readonly binding: Binding;
}

/** The control of a parameter, from its schema and meta alone. */
export function ParamControl(props: ControlProps) {
  const { id, field, binding } = props;
  const { editor } = useStores();
  const label = `Set ${field.meta.label}`;
  const gesture = useGesture(label);
  const commit = (value: Json) => editor.commit(label, binding.edit(value));
  const { value } = binding;
  const { control, meta } = field;
  if (meta.reference)
    return <ReferenceSelect id={id} reference={meta.reference} binding={binding} onChange={commit} />;
  if (field.nullable) return <Nullable {...props} gesture={gesture} commit={commit} />;
  switch (control.type) {
    case 'number':
    case 'text':
    case 'dims':
    case 'json':
      return <Typed {...props} gesture={gesture} commit={commit} />;
    case 'choice':
      return (
        <Select
          id={id}
          size="sm"
          className={styles.select}
          value={String(value)}
          options={control.options.map((option) => ({ value: option, label: optionLabel(option) }))}
          onChange={commit}
        />
      );
    case 'switch':
      return <Switch id={id} checked={value === true} onChange={commit} />;
    case 'object': // A row shows its fields (param-row.tsx).
      return null;
    default:
      return assertNever(control);
  }
}

/** `he-normal` as “He normal”. */
const optionLabel = (option: string): string =>
  option.charAt(0).toUpperCase() + option.slice(1).replaceAll('-', ' ');

interface TypedProps extends ControlProps {
  readonly gesture: Gesture;
  commit(value: Json): void;
}

/** What is typed: numbers (with their schedule), text, dims, JSON. */
function Typed({ id, field, binding, gesture, commit }: TypedProps) {
  const { control, meta } = field;
  const { value } = binding;
  if (control.type === 'number')
    return <Numeric range={control} {...{ id, field, binding, gesture, commit }} />;
  const { read, write, placeholder } = texts[control.type as keyof typeof texts];
  return (
    <TextBox
      id={id}
      text={write(value)}
      fault={(text) => {
        const parsed = read(text);
        return parsed === undefined ? placeholder : findFault(field, parsed);
      }}
      onType={(text) => gesture.change(binding.edit(read(text) as Json))}
      onEnd={gesture.end}
      onCancel={gesture.cancel}
      placeholder={placeholder}
      mono={control.type === 'json'}
      {...(meta.input === 'markdown' && { lines: 8 })}
      {...(control.type === 'json' && { lines: 4 })}
      {...(meta.unit !== undefined && { hint: meta.unit })}
    />
  );
}

/** A number; if it is live, with a slider and a schedule. */
function Numeric(props: TypedProps & { readonly range: NumberRange }) {
  const { id, field, binding, gesture, commit, range } = props;
  const { meta } = field;
  const { value } = binding;
  const edit = binding.edit as (value: Scheduled) => Edit;
  const isLogarithmic = meta.input === 'log';
  const isScheduled = range.scheduled && rampSchema.safeParse(value).success;
  const plain = typeof value === 'number' ? value : undefined;
  const box = isScheduled ? null : (
    <NumberBox
      id={id}
      value={value}
      range={range}
      step={isLogarithmic ? (plain ?? 0) / 10 || 1e-4 : meta.step}
      unit={meta.unit}
      gesture={gesture}
      edit={edit}
    />
  );
  // What is neither a number nor a ramp is shown as it is, to be mended.
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
      {plain === undefined || range.whole ? null : (
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

/** Text to value and back; undefined where it cannot be read. */
const texts = {
  text: {
    read: (text: string): unknown => text,
    write: (value: unknown) => String(value ?? ''),
    placeholder: '',
  },
  dims: {
    read: (text: string): unknown => {
      const parts = text
        .replaceAll(/[[\]]/g, '')
        .trim()
        .split(/[\s,×x]+/);
      const numbers = parts.map(Number);
      return parts[0] !== '' && numbers.every(Number.isFinite) ? numbers : undefined;
    },
    write: (value: unknown) => (Array.isArray(value) ? value.join(', ') : ''),
    placeholder: 'Sizes, as in 7, 7, 128',
  },
  json: {
    read: (text: string): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    },
    write: (value: unknown) => JSON.stringify(value),
    placeholder: 'JSON',
  },
};

/** Off is null; on starts from the field's step or smallest value. */
function Nullable({ id, field, binding, gesture, commit }: TypedProps) {
  const isSet = binding.value !== null && binding.value !== undefined;
  const start = (): Json => {
    const { control } = field;
    if (control.type !== 'number') return control.type === 'dims' ? [1] : '';
    return field.meta.step ?? Math.max(control.min ?? 1, 1);
  };
  return (
    <>
      <span className={styles.none}>
        <Switch id={id} checked={isSet} onChange={(on) => commit(on ? start() : null)} />
        {isSet ? null : <span className={styles.faint}>none</span>}
      </span>
      {isSet ? (
        <Typed id={`${id}-value`} field={field} binding={binding} gesture={gesture} commit={commit} />
      ) : null}
    </>
  );
}
