import { useId } from 'react';
import { Tooltip } from '@/components/ui/tooltip';
import type { Json } from '@/lib/graph/schema';
import type { Binding } from './binding';
import { type Control, describeFields, type Field, formatRange } from './describe-field';
import styles from './inspector.module.css';
import { ParamControl } from './param-control';

interface RowProps {
  readonly field: Field;
  readonly binding: Binding;
}

const wideControls = new Set<Control['type']>(['object', 'json', 'terms', 'points']);

/** One parameter: its name with its help, its control, its fault. */
export function ParamRow({ field, binding }: RowProps) {
  const id = useId();
  const { meta, control, name } = field;
  const range = control.type === 'number' ? formatRange(control) : undefined;
  const help = [meta.help, range && `${range}.`, meta.live && 'Acts at once, while training.']
    .filter(Boolean)
    .join(' ');
  const wide = wideControls.has(control.type) || meta.input === 'markdown';
  return (
    <div className={wide ? styles.wideRow : styles.row} data-param={name}>
      <Tooltip label={help} side="left">
        <label htmlFor={id} className={styles.label}>
          {meta.label}
          {meta.live ? <span className={styles.live} role="img" aria-label="acts at once" /> : null}
        </label>
      </Tooltip>
      <div className={styles.control}>
        {control.type === 'object' ? (
          <Nested id={id} binding={binding} field={field} />
        ) : (
          <ParamControl id={id} field={field} binding={binding} />
        )}
      </div>
    </div>
  );
}

/** An object with fields of its own, such as a data source's options; those of another source are dropped. */
function Nested({ id, field, binding }: RowProps & { readonly id: string }) {
  const schema = field.meta.fields?.(binding.params);
  const held = binding.value as Readonly<Record<string, Json>>;
  if (!schema) return <span className={styles.faint}>{JSON.stringify(held)}</span>;
  const fields = describeFields(schema);
  if (fields.length === 0)
    return (
      <span id={id} className={styles.faint}>
        none
      </span>
    );
  const known = Object.fromEntries(Object.entries(held).filter(([name]) => name in schema.shape));
  return (
    <div className={styles.nested}>
      {fields.map((inner) => (
        <ParamRow
          key={inner.name}
          field={inner}
          binding={{
            value: held[inner.name] ?? inner.fallback,
            params: held,
            edit: (value) => binding.edit({ ...known, [inner.name]: value }),
          }}
        />
      ))}
    </div>
  );
}
