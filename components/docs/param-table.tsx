import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Field } from './fields';
import styles from './reference.module.css';

/** Parameters with their defaults and ranges. */
export function ParamTable({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <ScrollRegion label="Table of parameters" className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">Default</th>
            <th scope="col">Range</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, label, help, unit, fallback, range, isLive }) => (
            <tr key={name}>
              <th scope="row">
                {label}
                {unit ? ` (${unit})` : ''}
                <code className={styles.code}>{name}</code>
              </th>
              <td>{fallback === undefined ? '' : <code>{fallback}</code>}</td>
              <td>{range}</td>
              <td>
                {help} {isLive ? <span className={styles.live}>Acts at once.</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
