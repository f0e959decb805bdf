import type { ReactNode } from 'react';
import { formatValue } from '@/components/dock/format';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { type Column, sayValue } from '@/lib/store/sweep-words';
import type { ShownResult } from '@/lib/store/sweeps';
import { formatCount } from '@/lib/util/format-count';
import styles from './sweep-table.module.css';

/** By which column, and which way. */
export interface Sorting {
  readonly id: string;
  readonly descends: boolean;
}

interface SweepTableProps {
  readonly axes: readonly { readonly path: string; readonly name: string }[];
  readonly columns: readonly Column[];
  readonly results: readonly ShownResult[];
  readonly by: Sorting | undefined;
  readonly onSort: (by: Sorting) => void;
  /** The result under a pointer, here or elsewhere. */
  readonly pointed: string | undefined;
  readonly onPoint: (result: string | undefined) => void;
  readonly actions: (result: ShownResult) => ReactNode;
}

/** The results of a sweep in numbers, sorted by any of them. */
export function SweepTable(props: SweepTableProps) {
  const { axes, columns, results, by, onSort, pointed, onPoint, actions } = props;
  return (
    <ScrollRegion label="Results of the sweep" className={styles.scroll}>
      <table className={styles.table} onPointerLeave={() => onPoint(undefined)}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">As a run</span>
            </th>
            {axes.map(({ path, name }) => (
              <th key={path} scope="col">
                {name}
              </th>
            ))}
            {columns.map(({ id, label }) => (
              <th
                key={id}
                scope="col"
                aria-sort={by?.id === id ? (by.descends ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => onSort({ id, descends: by?.id === id ? !by.descends : false })}
                >
                  {label}
                  <span aria-hidden>{by?.id === id ? (by.descends ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr
              key={result.id}
              data-pointed={result.id === pointed ? '' : undefined}
              onPointerEnter={() => onPoint(result.id)}
            >
              <td className={styles.actions}>{actions(result)}</td>
              {axes.map(({ path }) => (
                <td key={path}>{sayValue(result.values[path])}</td>
              ))}
              {result.status === 'failed' ? (
                <td colSpan={columns.length}>
                  Failed at iteration {formatCount(result.iteration ?? 0)}: {result.message}
                </td>
              ) : (
                columns.map((each) => <td key={each.id}>{sayNumber(each.value(result))}</td>)
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

export const sayNumber = (value: number | undefined): string =>
  value === undefined ? '–' : formatValue(value);
