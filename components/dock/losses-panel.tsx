'use client';
import { Download } from 'lucide-react';
import { Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { usePlain } from '@/components/hooks/use-checked';
import { useSame } from '@/components/hooks/use-same';
import { joinedSource } from '@/components/runs/run-curves';
import { IconButton } from '@/components/ui/icon-button';
import { DropdownMenu } from '@/components/ui/menu';
import { part } from '@/components/ui/part';
import { Select } from '@/components/ui/select';
import { formatCount } from '@/lib/util/format-count';
import { type ChartName, chartNames, charts, curvesOf, sourceOf } from './charts';
import { formatValue } from './format';
import type { CurvePoint, CurveSource } from './losses-chart';
import styles from './losses-panel.module.css';
import { Panel } from './panel';
import { dashOf, type PlayerCurve, samePlayerCurves } from './players';
import { Reading } from './reading';
import { useTrainingStore } from './training-context';
import { usePinned, usePinnedCurves } from './use-pinned';
import { useSaving } from './use-saving';

const LossesChart = part('the loss curves', () =>
  import('./losses-chart').then((chart) => chart.LossesChart),
);

/** Loss curves by player: logarithmic or not, smoothed or not, each to be hidden; a part dragged open; saved. */
export function LossesPanel() {
  const [shown, setShown] = useState<ChartName>('losses');
  const present = useCurves(shown);
  const pinned = usePinned();
  const pinnedCurves = usePinnedCurves(pinned, shown);
  const players = useMemo(() => [...present, ...pinnedCurves], [present, pinnedCurves]);
  const { feed } = useTrainingStore();
  const source = sourceOf(shown);
  const curves = useMemo((): CurveSource => {
    const { table } = feed[source];
    if (pinnedCurves.length === 0)
      return { table, stride: () => feed[source].stride, subscribe: feed.subscribe };
    const of = (run: string) => pinned.find(({ id }) => id === run)?.curves;
    const joined = [
      ...present.map(({ id }) => ({ of: feed, series: id })),
      ...pinnedCurves.map(({ run, series }) => ({ of: of(run), series })),
    ];
    return joinedSource(joined, source, feed.subscribe);
  }, [feed, source, present, pinned, pinnedCurves]);
  const names = players.map(({ label }) => label).join(', ') || 'no player yet';
  const [isLog, setLog] = useState(false);
  const [smoothing, setSmoothing] = useState(0.9);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [point, setPoint] = useState<CurvePoint>();
  const [showAll, setShowAll] = useState<() => void>();
  const onZoom = useCallback((next: (() => void) | undefined) => setShowAll(() => next), []);
  const chart = useRef<HTMLDivElement>(null);
  const toSave = useSaving({ name: shown, curves: players, source: curves, isLog }, chart);
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setHidden(next);
  };
  const controls = (
    <>
      <Select
        size="sm"
        label="Which curves"
        value={shown}
        onChange={setShown}
        options={chartNames.map((name) => ({ value: name, label: charts[name].title }))}
      />
      {point ? <span className={styles.at}>at {formatCount(point.iteration)}</span> : null}
      {showAll ? (
        <button type="button" className={styles.toggle} onClick={showAll}>
          show all
        </button>
      ) : null}
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={isLog}
        title="Logarithmic scale, linear about zero"
        onClick={() => setLog(!isLog)}
      >
        log
      </button>
      <label className={styles.smooth}>
        smooth
        <input
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={smoothing}
          aria-valuetext={smoothing === 0 ? 'off' : smoothing.toFixed(2)}
          onChange={(event) => setSmoothing(Number(event.target.value))}
        />
      </label>
      <DropdownMenu
        label="Save curves"
        align="end"
        entries={toSave}
        trigger={<IconButton size="sm" label="Save curves" icon={Download} />}
      />
    </>
  );
  return (
    <Panel title={charts[shown].title} aside={controls}>
      <div className={styles.curves}>
        <div ref={chart} className={styles.chart}>
          <Suspense>
            <LossesChart
              label={`${charts[shown].one} curves of ${names}`}
              source={curves}
              players={players}
              isLog={isLog}
              smoothing={smoothing}
              hidden={hidden}
              onPoint={setPoint}
              onZoom={onZoom}
            />
          </Suspense>
        </div>
        <ul className={styles.legend} data-pinned={pinnedCurves.length > 0 ? '' : undefined}>
          {players.map((player) => (
            <li key={player.id}>
              <button
                type="button"
                className={styles.series}
                aria-pressed={!hidden.has(player.id)}
                onClick={() => toggle(player.id)}
              >
                <svg width="16" height="6" aria-hidden="true">
                  <line
                    x1="0"
                    y1="3"
                    x2="16"
                    y2="3"
                    stroke={`var(--net-${player.color})`}
                    strokeWidth="2"
                    strokeDasharray={dashOf(player).join(' ') || undefined}
                  />
                </svg>
                <span className={styles.name} title={player.label}>
                  <span className="visually-hidden">{charts[shown].one} of </span>
                  {player.label}
                </span>
                {point ? (
                  <span className={styles.value}>{valueAt(point, player.id)}</span>
                ) : 'run' in player ? null : (
                  <Reading source={source} series={player.id} className={styles.value} />
                )}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

const valueAt = ({ values }: CurvePoint, id: string): string => {
  const value = values.get(id);
  return value === undefined ? '–' : formatValue(value);
};

/** The same array as long as the curves are the same, whatever else is edited. */
const useCurves = (chart: ChartName): readonly PlayerCurve[] =>
  useSame(curvesOf(chart, usePlain()), samePlayerCurves);
