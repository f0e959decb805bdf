import { useStores } from '@/components/hooks/stores';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { Json } from '@/lib/graph/schema';
import { assertNever } from '@/lib/util/assert';
import { readNumber } from '@/lib/util/read-number';
import type { Binding } from './binding';
import { type Field, findFault } from './describe-field';
import styles from './inspector.module.css';
import { Numeric } from './numeric';
import { PointsEditor } from './points-editor';
import { ReferenceSelect } from './reference-select';
import { Folded } from './section';
import { TermsEditor } from './terms-editor';
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
          options={[...new Set([...control.options, String(value)])].map((option) => ({
            value: option,
            label: optionLabel(option),
          }))}
          onChange={commit}
        />
      );
    case 'terms':
      if (findFault(field, value) !== undefined)
        return <Typed {...props} gesture={gesture} commit={commit} />;
      return <TermsEditor {...props} range={control.range} />;
    case 'points':
      return <Points {...props} gesture={gesture} commit={commit} />;
    case 'switch':
      return <Switch id={id} checked={value === true} onChange={commit} />;
    case 'object': // A row shows its fields (param-row.tsx).
      return null;
    default:
      return assertNever(control);
  }
}

/** `he-normal` as “He normal”; the hash of a file says nothing to people. */
const optionLabel = (option: string): string =>
  option.startsWith('import:')
    ? 'File of your own'
    : (option.charAt(0).toUpperCase() + option.slice(1).replaceAll('-', ' ')).slice(0, 24);

interface TypedProps extends ControlProps {
  readonly gesture: Gesture;
  commit(value: Json): void;
}

/** Drawn, or written; what is wrong is only written. */
function Points({ id, field, ...props }: TypedProps) {
  const { binding, gesture } = props;
  const isFaulty = findFault(field, binding.value) !== undefined;
  return (
    <>
      {isFaulty ? null : (
        <PointsEditor
          id={id}
          label={field.meta.label}
          value={binding.value as readonly (readonly [number, number])[]}
          binding={binding}
          gesture={gesture}
        />
      )}
      <Folded title="As JSON" isOpen={isFaulty}>
        <Typed {...props} id={`${id}-json`} field={field} />
      </Folded>
    </>
  );
}

/** What is typed: numbers (with their schedule), text, dims, JSON. */
function Typed({ id, field, binding, gesture, commit }: TypedProps) {
  const { control, meta } = field;
  const { value } = binding;
  if (control.type === 'number')
    return <Numeric range={control} {...{ id, meta, binding, gesture, commit }} />;
  const { read, write, placeholder } = texts[control.type as keyof typeof texts] ?? texts.json;
  const isJson = control.type === 'json' || control.type === 'terms' || control.type === 'points';
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
      settled={control.type !== 'text'}
      mono={isJson}
      {...(control.type === 'points' && { label: `${meta.label} as JSON` })}
      {...(meta.input === 'markdown' && { lines: 8 })}
      {...(isJson && { lines: 4 })}
      {...(meta.unit !== undefined && { hint: meta.unit })}
    />
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
      const numbers = parts.map(readNumber);
      return numbers.every(Number.isFinite) ? numbers : undefined;
    },
    write: (value: unknown) => (Array.isArray(value) ? value.join(', ') : ''),
    placeholder: 'Sizes, for example 7, 7, 128',
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
