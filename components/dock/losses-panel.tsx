'use client';
import { Suspense, useRef, useState } from 'react';
import { usePlain } from '@/components/hooks/use-checked';
import { part } from '@/components/ui/part';
import styles from './losses-panel.module.css';
import { Panel } from './panel';
import { type PlayerCurve, playerCurvesOf, samePlayerCurves } from './players';
import { Reading } from './reading';

const LossesChart = part('the loss curves', () =>
  import('./losses-chart').then((chart) => chart.LossesChart),
);

/** Loss curves by player: logarithmic or not, smoothed or not, each to be hidden. */
export function LossesPanel() {
  const players = usePlayers();
  const [isLog, setLog] = useState(false);
  const [smoothing, setSmoothing] = useState(0.9);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setHidden(next);
  };
  const controls = (
    <>
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
    </>
  );
  return (
    <Panel title="Losses" aside={controls}>
      <div className={styles.curves}>
        <div className={styles.chart}>
          <Suspense>
            <LossesChart players={players} isLog={isLog} smoothing={smoothing} hidden={hidden} />
          </Suspense>
        </div>
        <ul className={styles.legend}>
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
                    strokeDasharray={player.isDashed ? '4 3' : undefined}
                  />
                </svg>
                <span>
                  <span className="visually-hidden">Loss of </span>
                  {player.label}
                </span>
                <Reading source="losses" series={player.id} className={styles.value} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

/** The players; the same array as long as they are the same, whatever else is edited. */
function usePlayers(): readonly PlayerCurve[] {
  const next = playerCurvesOf(usePlain());
  const last = useRef(next);
  if (!samePlayerCurves(last.current, next)) last.current = next;
  return last.current;
}
