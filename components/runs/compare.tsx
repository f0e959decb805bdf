'use client';
import { Download } from 'lucide-react';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { GivenPicture } from '@/components/dock/given-picture';
import type { CurveSource } from '@/components/dock/losses-chart';
import { curveFiles } from '@/components/dock/save-curves';
import { useTrainingStore } from '@/components/dock/training-context';
import { useEditor } from '@/components/hooks/stores';
import { stemOf } from '@/components/ui/download';
import { IconButton } from '@/components/ui/icon-button';
import { DropdownMenu } from '@/components/ui/menu';
import { part } from '@/components/ui/part';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { Checked } from '@/lib/check/checked';
import { nameOf } from '@/lib/check/names';
import type { Picture } from '@/lib/draw/picture';
import { sayDifferences } from '@/lib/store/run-names';
import { snapshotAt } from '@/lib/store/timeline';
import { listSnapshotsOf } from '@/lib/train/run-list';
import { readFrames } from '@/lib/train/run-store';
import { formatCount } from '@/lib/util/format-count';
import styles from './compare.module.css';
import { type ComparedCurve, comparedCurves, dashes, overlaysOf } from './compared';
import { joinedSource, type RunCurves, readCurves } from './run-curves';
import type { ShownRun } from './use-runs';

const LossesChart = part('the curves', () =>
  import('@/components/dock/losses-chart').then((chart) => chart.LossesChart),
);

/** A run whose graph is known. */
type Known = ShownRun & { readonly graph: Checked };

/** Runs beside each other, the oldest first: curves on one chart, samples at the cursor, how their graphs differ. */
export function Compare({ runs }: { readonly runs: readonly ShownRun[] }) {
  const known = useMemo(
    () =>
      runs
        .filter((run): run is Known => run.graph !== undefined)
        .toSorted((a, b) => a.startedAt - b.startedAt),
    [runs],
  );
  const left = runs.length - known.length;
  return (
    <section className={styles.compare} aria-label="Comparison">
      {left > 0 ? (
        <p className={styles.words}>
          Of runs that an older version kept there are snapshots alone, no curves and no graph: they are left
          out.
        </p>
      ) : null}
      <Overlaid runs={known} />
      <div className={styles.samples}>
        {known.map((run, i) => (
          <Samples key={run.id} run={run} place={i} />
        ))}
      </div>
      {known.slice(1).map((run) => (
        <Differences key={run.id} base={known[0] as Known} run={run} />
      ))}
    </section>
  );
}

function Overlaid({ runs }: { readonly runs: readonly Known[] }) {
  const overlays = useMemo(() => overlaysOf(runs), [runs]);
  const [chosen, choose] = useState('losses');
  const [isLog, setLog] = useState(false);
  const overlay = overlays.find(({ value }) => value === chosen) ?? overlays[0];
  const curves = useMemo(() => (overlay ? comparedCurves(runs, overlay) : []), [runs, overlay]);
  const source = useSource(runs, curves, overlay?.source ?? 'losses');
  const chart = useRef<HTMLDivElement>(null);
  const title = useEditor(({ graph }) => graph.title);
  const toSave = curveFiles({
    stem: `${stemOf(title)}-compared-${stemOf(overlay?.label ?? '')}`,
    title: overlay?.label ?? '',
    curves,
    columnOf: ({ label }) => label,
    source,
    isLog,
    chart: () => chart.current,
  });
  const ignore = useCallback(() => {}, []);
  const [none] = useState<ReadonlySet<string>>(() => new Set());
  return (
    <div className={styles.overlaid}>
      <div className={styles.tools}>
        <Select
          size="sm"
          label="What is compared"
          value={overlay?.value}
          onChange={choose}
          options={overlays}
        />
        <Switch label="Logarithmic" checked={isLog} onChange={setLog} />
        <DropdownMenu
          label="Save the compared curves"
          entries={toSave}
          trigger={<IconButton size="sm" label="Save the compared curves" icon={Download} />}
        />
      </div>
      <div ref={chart} className={styles.chart}>
        <Suspense>
          <LossesChart
            label={`${overlay?.label}: ${curves.map(({ label }) => label).join(', ')}`}
            source={source}
            players={curves}
            isLog={isLog}
            smoothing={overlay?.source === 'losses' ? 0.9 : 0}
            hidden={none}
            onPoint={ignore}
            onZoom={ignore}
          />
        </Suspense>
      </div>
      <ul className={styles.legend}>
        {curves.map(({ id, label, color, dash = [] }) => (
          <li key={id}>
            <Line color={`var(--net-${color})`} dash={dash} />
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}

const Line = ({ color, dash }: { readonly color: string; readonly dash: readonly number[] }) => (
  <svg width="28" height="6" aria-hidden="true">
    <line x1="0" y1="3" x2="28" y2="3" stroke={color} strokeWidth="2" strokeDasharray={dash.join(' ')} />
  </svg>
);

/** Of the run that is open the curves as they grow, of the others as they were kept. */
function useSource(
  runs: readonly Known[],
  curves: readonly ComparedCurve[],
  source: keyof RunCurves,
): CurveSource {
  const { feed } = useTrainingStore();
  const [kept, setKept] = useState<ReadonlyMap<string, RunCurves>>(new Map());
  const others = runs.filter(({ isPresent }) => !isPresent).map(({ id }) => id);
  const key = others.join('\n');
  useEffect(() => {
    let isOver = false;
    const ids = key === '' ? [] : key.split('\n');
    void Promise.all(ids.map(async (id) => [id, await readCurves(id)] as const)).then((read) => {
      if (!isOver) setKept(new Map(read));
    });
    return () => {
      isOver = true;
    };
  }, [key]);
  const present = runs.find(({ isPresent }) => isPresent)?.id;
  return useMemo(
    () =>
      joinedSource(
        curves.map(({ run, series }) => ({ of: run === present ? feed : kept.get(run), series })),
        source,
        feed.subscribe,
      ),
    [curves, feed, kept, present, source],
  );
}

const none: Picture = { type: 'empty', message: 'No snapshot up to here' };

/** What the run's first view showed at the cursor, or at its end. */
function Samples({ run, place }: { readonly run: Known; readonly place: number }) {
  const { timeline } = useTrainingStore();
  const cursor = useStore(timeline, (state) => state.cursor);
  const [shown, show] = useState<{ readonly iteration: number; readonly picture: Picture }>();
  const view = [...run.graph.nodes.values()].find(({ definition }) => definition?.role === 'view')?.node.id;
  const { id, writtenAt, title } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that trains has snapshots more
  useEffect(() => {
    let isOver = false;
    void pictureAt(id, view, cursor ?? Number.POSITIVE_INFINITY).then((found) => {
      if (!isOver) show(found);
    });
    return () => {
      isOver = true;
    };
  }, [id, view, cursor, writtenAt]);
  const where = shown ? `${title}, iteration ${formatCount(shown.iteration)}` : title;
  return (
    <figure className={styles.figure}>
      <div className={styles.picture}>
        <GivenPicture
          picture={shown?.picture ?? none}
          label={`${view === undefined ? 'Samples' : nameOf(run.graph, view)} of ${where}`}
        />
      </div>
      <figcaption>
        <Line color="currentColor" dash={dashes[place % dashes.length] ?? []} /> {where}
      </figcaption>
    </figure>
  );
}

async function pictureAt(run: string, view: string | undefined, iteration: number) {
  const entry = snapshotAt(await listSnapshotsOf(run).catch(() => []), iteration);
  const frames = entry && (await readFrames(entry).catch(() => undefined));
  const picture = view === undefined ? undefined : frames?.[view];
  return entry && picture && { iteration: entry.iteration, picture };
}

function Differences({ base, run }: { readonly base: Known; readonly run: Known }) {
  const said = useMemo(() => sayDifferences(base.graph, run.graph), [base, run]);
  return (
    <div className={styles.differences}>
      <h2>
        {run.title}, against {base.title}
      </h2>
      {said.length === 0 ? (
        <p className={styles.words}>The same graph.</p>
      ) : (
        <ul>
          {said.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
