'use client';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { GivenPicture } from '@/components/dock/given-picture';
import { useEditor } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { DeleteDialog } from '@/components/ui/delete-dialog';
import { downloadFile, stemOf } from '@/components/ui/download';
import { DropdownMenu } from '@/components/ui/menu';
import { Select } from '@/components/ui/select';
import { checkedOf } from '@/lib/edit/checked-of';
import {
  type Brush,
  type Brushes,
  isBrushed,
  type PlotAxis,
  parameterAxis,
  resultAxis,
} from '@/lib/store/sweep-plot';
import { axisName, columnsOf, historiesToCsv, sayValue, sortResults } from '@/lib/store/sweep-words';
import type { Sweeper } from '@/lib/store/sweeper';
import type { ShownResult, Sweep } from '@/lib/store/sweeps';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import { ParallelPlot, type PlotLine } from './parallel-plot';
import { ResultActions, type ResultChoice } from './result-actions';
import styles from './sweep.module.css';
import { type Sorting, SweepTable, sayNumber } from './sweep-table';

interface SweepResultsProps {
  readonly sweeper: Sweeper;
  readonly sweep: Sweep;
  readonly choice: ResultChoice;
}

/** How far a sweep is; its results as a table, as parallel coordinates and as small pictures; all of its histories. */
export function SweepResults({ sweeper, sweep, choice }: SweepResultsProps) {
  const { runs, results } = useStore(sweeper);
  const checked = useMemo(() => checkedOf(sweep.graph), [sweep.graph]);
  const columns = useMemo(() => columnsOf(checked), [checked]);
  const [by, setBy] = useState<Sorting>();
  const [brushes, setBrushes] = useState<Brushes>(new Map());
  const [asked, setColoured] = useState<string>();
  const [pointed, point] = useState<string>();
  const [picked, pick] = useState<string>();
  const made = useMemo(() => runs.flatMap(({ id }) => results.get(id) ?? []), [runs, results]);
  const names = useMemo(
    () => sweep.axes.map(({ path }) => ({ path, name: axisName(checked, path) })),
    [sweep.axes, checked],
  );
  const [leftOut, leaveOut] = useState<ReadonlySet<string>>(
    () => new Set(columns.flatMap(({ id, isMain }) => (isMain ? [] : [id]))),
  );
  const measured = useMemo(
    () => columns.flatMap((column) => resultAxis(column, made) ?? []),
    [columns, made],
  );
  const axes = useMemo(() => {
    const varied = sweep.axes.map((axis, i) => parameterAxis(axis, names[i]?.name ?? axis.path));
    return [...varied, ...measured.filter(({ id }) => !leftOut.has(id))];
  }, [sweep.axes, names, measured, leftOut]);
  const coloured = measured.find(({ id }) => id === asked) ?? measured[0];
  const lines = useMemo(
    () =>
      made.map(
        (result): PlotLine => ({
          result,
          name: sayResult(result, names),
          share: coloured?.place(result),
          isIn: isBrushed(axes, brushes, result),
        }),
      ),
    [made, names, coloured, axes, brushes],
  );
  const within = useMemo(() => lines.filter(({ isIn }) => isIn).map(({ result }) => result), [lines]);
  const column = columns.find(({ id }) => id === by?.id);
  const sorted = column && by ? sortResults(within, column, by.descends) : within;
  const brush = (axis: string, part: Brush | undefined) => {
    const others = [...brushes].filter(([id]) => id !== axis);
    setBrushes(new Map(part ? [...others, [axis, part]] : others));
  };
  const toggle = (axis: string) => {
    const next = new Set(leftOut);
    if (!next.delete(axis)) next.add(axis);
    leaveOut(next);
    brush(axis, undefined);
  };
  const about = lines.find(({ result, isIn }) => isIn && result.id === (pointed ?? picked));
  return (
    <section className={styles.results} aria-label="Sweep">
      <Progress sweeper={sweeper} sweep={sweep} made={made} choice={choice} />
      {made.length > 0 ? (
        <div className={styles.beside}>
          {/* First: a table that has fewer rows moves nothing under the hand that brushes. */}
          {coloured && made.length > 1 ? (
            <section className={styles.parallel} aria-label="Parallel coordinates">
              <div className={styles.tools}>
                <Select
                  size="sm"
                  label="Colour by"
                  value={coloured.id}
                  onChange={setColoured}
                  options={measured.map(({ id, label }) => ({ value: id, label }))}
                />
                <Colours axis={coloured} />
                <DropdownMenu
                  label="Axes"
                  trigger={
                    <Button size="sm" variant="ghost">
                      Axes
                    </Button>
                  }
                  entries={measured.map(({ id, label }) => ({
                    label,
                    checked: !leftOut.has(id),
                    onSelect: () => toggle(id),
                  }))}
                />
              </div>
              <div className={styles.wide}>
                <ParallelPlot
                  label={`${quantity(made.length, 'result')} as lines over ${axes.map(({ label }) => label).join(', ')}; the table has the same numbers`}
                  axes={axes}
                  lines={lines}
                  brushes={brushes}
                  onBrush={brush}
                  pointed={pointed}
                  picked={picked}
                  onPoint={point}
                  onPick={pick}
                />
              </div>
              <div className={styles.about} data-testid="plot-about">
                {about ? (
                  <>
                    <b>{about.name}</b>
                    <span className={styles.words}>{sayColoured(about.result, coloured)}</span>
                    {about.result.id === picked ? (
                      <ResultActions sweep={sweep} result={about.result} name={about.name} choice={choice} />
                    ) : null}
                  </>
                ) : (
                  <span className={styles.words}>
                    Rest on a line to see which it is, press it to open it, drag along an axis to choose a
                    part of it.
                  </span>
                )}
              </div>
            </section>
          ) : null}
          <div className={styles.table}>
            {brushes.size > 0 ? (
              <p className={styles.words} role="status">
                {formatCount(within.length)} of {quantity(made.length, 'result')}{' '}
                <Button size="sm" variant="ghost" onClick={() => setBrushes(new Map())}>
                  Show all
                </Button>
              </p>
            ) : null}
            <SweepTable
              axes={names}
              columns={columns}
              results={sorted}
              by={by}
              onSort={setBy}
              pointed={pointed ?? picked}
              onPoint={point}
              actions={(result) => (
                <ResultActions
                  sweep={sweep}
                  result={result}
                  name={sayResult(result, names)}
                  choice={choice}
                />
              )}
            />
          </div>
        </div>
      ) : null}
      <div className={styles.pictures}>
        {sorted.slice(0, MOST_PICTURES).map((result) => (
          <Small key={result.id} result={result} said={sayResult(result, names)} />
        ))}
      </div>
    </section>
  );

  function sayColoured(result: ShownResult, { id, label }: PlotAxis): string {
    if (result.status === 'failed') return `failed at iteration ${formatCount(result.iteration ?? 0)}`;
    return `${label} ${sayNumber(columns.find((column) => column.id === id)?.value(result))}`;
  }
}

/** How far it is, and what can be done with all of it. */
function Progress(props: {
  readonly sweeper: Sweeper;
  readonly sweep: Sweep;
  readonly made: readonly ShownResult[];
  readonly choice: ResultChoice;
}) {
  const { sweeper, sweep, made, choice } = props;
  const { runs, current, isRunning, problem } = useStore(sweeper);
  const title = useEditor((state) => state.graph.title);
  const [asks, setAsks] = useState(false);
  const done = made.filter(({ status }) => status === 'done').length;
  const failed = made.length - done;
  return (
    <>
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
            downloadFile(
              `${stemOf(title)}-sweep.csv`,
              historiesToCsv(checkedOf(sweep.graph), made),
              'text/csv',
            )
          }
        >
          All histories as CSV
        </Button>
        {choice.chosen.size > 1 ? (
          <Button size="sm" onClick={choice.onShow}>
            Show the comparison of {quantity(choice.chosen.size, 'run')}
          </Button>
        ) : null}
        <Button size="sm" variant="ghost" onClick={() => setAsks(true)}>
          Delete the sweep
        </Button>
      </div>
      {problem ? <p className={styles.words}>{problem}</p> : null}
      <DeleteDialog
        open={asks}
        onClose={() => setAsks(false)}
        title="Delete the sweep?"
        description={`${quantity(made.length, 'result')} and their histories are deleted; those that were opened as runs stay. This cannot be undone.`}
        onDelete={() => void sweeper.remove()}
      />
    </>
  );
}

/** What the colours of lines mean. */
const Colours = ({ axis }: { readonly axis: PlotAxis }) => (
  <span className={styles.colours}>
    {axis.sayAt(0)}
    <i className={styles.bar} />
    {axis.sayAt(1)}
  </span>
);

/** More would slow the page; the best come first where they are sorted. */
const MOST_PICTURES = 24;

interface NamedAxis {
  readonly path: string;
  readonly name: string;
}

/** `Adam for G: Learning rate 0.001, Seed 3` */
const sayResult = ({ values }: ShownResult, axes: readonly NamedAxis[]): string =>
  axes.map(({ path, name }) => `${name} ${sayValue(values[path])}`).join(', ');

/** What the first view showed at the end of a run. */
function Small({ result, said }: { readonly result: ShownResult; readonly said: string }) {
  const [picture] = Object.values(result.pictures ?? {});
  if (!picture) return null;
  return (
    <figure className={styles.small}>
      <GivenPicture picture={picture} label={`Samples with ${said}`} className={styles.picture} />
      <figcaption>{said}</figcaption>
    </figure>
  );
}
