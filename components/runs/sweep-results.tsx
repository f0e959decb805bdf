'use client';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { formatValue } from '@/components/dock/format';
import { GivenPicture } from '@/components/dock/given-picture';
import { useEditor } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { DeleteDialog } from '@/components/ui/delete-dialog';
import { downloadFile, stemOf } from '@/components/ui/download';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { checkedOf } from '@/lib/edit/checked-of';
import { axisName, columnsOf, historiesToCsv, sayValue, sortResults } from '@/lib/store/sweep-words';
import type { Sweeper } from '@/lib/store/sweeper';
import type { ShownResult, Sweep } from '@/lib/store/sweeps';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import styles from './sweep.module.css';

/** How far a sweep is, its results as a table and as small pictures, and all of its histories. */
export function SweepResults({ sweeper, sweep }: { readonly sweeper: Sweeper; readonly sweep: Sweep }) {
  const { runs, results, current, isRunning, problem } = useStore(sweeper);
  const title = useEditor((state) => state.graph.title);
  const checked = useMemo(() => checkedOf(sweep.graph), [sweep.graph]);
  const columns = useMemo(() => columnsOf(checked), [checked]);
  const [by, setBy] = useState<{ readonly id: string; readonly descends: boolean }>();
  const [asks, setAsks] = useState(false);
  const made = useMemo(() => runs.flatMap(({ id }) => results.get(id) ?? []), [runs, results]);
  const column = columns.find(({ id }) => id === by?.id);
  const sorted = column && by ? sortResults(made, column, by.descends) : made;
  const done = made.filter(({ status }) => status === 'done').length;
  const failed = made.length - done;
  const axes = useMemo(
    () => sweep.axes.map(({ path }) => ({ path, name: axisName(checked, path) })),
    [sweep.axes, checked],
  );
  return (
    <section className={styles.results} aria-label="Sweep">
      <div className={styles.tools}>
        <b role="status" data-testid="sweep-progress">
          {formatCount(done)} of {quantity(runs.length, 'run')} done
          {failed > 0 ? `, ${formatCount(failed)} failed` : ''}
        </b>
        {current ? (
          <span className={styles.words}>at iteration {formatCount(current.iteration)} of the next one</span>
        ) : null}
        {isRunning ? (
          <Button size="sm" onClick={() => void sweeper.stop()}>
            Stop
          </Button>
        ) : done < runs.length ? (
          <Button size="sm" variant="primary" onClick={() => void sweeper.go()}>
            Go on with {quantity(runs.length - done, 'run')}
          </Button>
        ) : null}
        <Button
          size="sm"
          disabled={made.length === 0}
          onClick={() =>
            downloadFile(`${stemOf(title)}-sweep.csv`, historiesToCsv(checked, made), 'text/csv')
          }
        >
          All histories as CSV
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setAsks(true)}>
          Delete the sweep
        </Button>
      </div>
      {problem ? <p className={styles.words}>{problem}</p> : null}
      {made.length > 0 ? (
        <ScrollRegion label="Results of the sweep" className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
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
                      onClick={() => setBy({ id, descends: by?.id === id ? !by.descends : false })}
                    >
                      {label}
                      <span aria-hidden>{by?.id === id ? (by.descends ? ' ↓' : ' ↑') : ''}</span>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sorted.map((result) => (
                <tr key={result.id}>
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
      ) : null}
      <div className={styles.pictures}>
        {sorted.slice(0, MOST_PICTURES).map((result) => (
          <Small key={result.id} result={result} axes={axes} />
        ))}
      </div>
      <DeleteDialog
        open={asks}
        onClose={() => setAsks(false)}
        title="Delete the sweep?"
        description={`${quantity(made.length, 'result')} and their histories are deleted. This cannot be undone.`}
        onDelete={() => void sweeper.remove()}
      />
    </section>
  );
}

/** More would slow the page; the best come first where they are sorted. */
const MOST_PICTURES = 24;

const sayNumber = (value: number | undefined): string => (value === undefined ? '–' : formatValue(value));

interface NamedAxis {
  readonly path: string;
  readonly name: string;
}

/** What the first view showed at the end of a run. */
function Small({ result, axes }: { readonly result: ShownResult; readonly axes: readonly NamedAxis[] }) {
  const [picture] = Object.values(result.pictures ?? {});
  const said = axes.map(({ path, name }) => `${name} ${sayValue(result.values[path])}`).join(', ');
  if (!picture) return null;
  return (
    <figure className={styles.small}>
      <GivenPicture picture={picture} label={`Samples with ${said}`} className={styles.picture} />
      <figcaption>{said}</figcaption>
    </figure>
  );
}
