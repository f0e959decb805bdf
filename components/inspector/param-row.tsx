import { useId } from 'react';
import { Tooltip } from '@/components/ui/tooltip';
import type { Json } from '@/lib/graph/schema';
import type { Edit } from '@/lib/store/editor';
import { type Field, formatRange } from './describe-field';
import styles from './inspector.module.css';
import { ParamControl } from './param-control';

/** Where a parameter's value is kept, and how it is changed. */
export interface Binding {
  readonly value: unknown;
  /** All parameters beside it, for what depends on them. */
  readonly params: Readonly<Record<string, unknown>>;
  edit(value: Json): Edit;
}

/** One parameter: its name with its help, its control, its fault. */
export function ParamRow({ field, binding }: { readonly field: Field; readonly binding: Binding }) {
  const id = useId();
  const { meta, control, name } = field;
  const range = control.type === 'number' ? formatRange(control) : undefined;
  const help = [meta.help, range && `${range}.`, meta.live && 'Acts at once, while training.']
    .filter(Boolean)
    .join(' ');
  const wide = control.type === 'object' || control.type === 'json' || meta.input === 'markdown';
  return (
    <div className={wide ? styles.wideRow : styles.row} data-param={name}>
      <Tooltip label={help} side="left">
        <label htmlFor={id} className={styles.label}>
          {meta.label}
          {meta.live ? <span className={styles.live} role="img" aria-label="acts at once" /> : null}
        </label>
      </Tooltip>
      <div className={styles.control}>
        <ParamControl id={id} field={field} binding={binding} />
      </div>
    </div>
  );
}
