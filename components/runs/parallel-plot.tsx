import { type CSSProperties, memo, type PointerEvent, useMemo, useRef, useState } from 'react';
import { type Brush, type Brushes, nearestLine, type PlotAxis } from '@/lib/store/sweep-plot';
import type { ShownResult } from '@/lib/store/sweeps';
import styles from './parallel-plot.module.css';

/** A result as a line. */
export interface PlotLine {
  readonly result: ShownResult;
  /** Its values in words. */
  readonly name: string;
  /** Its place among the colours, 0 to 1; undefined where it has no such number. */
  readonly share: number | undefined;
  /** Within all that is brushed. */
  readonly isIn: boolean;
}

interface ParallelPlotProps {
  /** Read out in place of the picture. */
  readonly label: string;
  readonly axes: readonly PlotAxis[];
  readonly lines: readonly PlotLine[];
  readonly brushes: Brushes;
  readonly onBrush: (axis: string, brush: Brush | undefined) => void;
  /** By ids of results: under a pointer, and chosen by a press. */
  readonly pointed: string | undefined;
  readonly picked: string | undefined;
  readonly onPoint: (result: string | undefined) => void;
  readonly onPick: (result: string | undefined) => void;
}

/** Pixels within which a pointer is at a line. */
const NEAR = 14;

/** Parallel coordinates: an axis for each number, a line for each result. A drag along an axis chooses a part of it. */
export function ParallelPlot(props: ParallelPlotProps) {
  const { label, axes, lines, brushes, onBrush, pointed, picked, onPoint, onPick } = props;
  const area = useRef<HTMLDivElement>(null);
  const places = useMemo(
    () => lines.map(({ result }) => axes.map((axis) => axis.place(result))),
    [axes, lines],
  );
  const at = ({ clientX, clientY }: PointerEvent): string | undefined => {
    const box = area.current?.getBoundingClientRect();
    if (!box) return undefined;
    const points = places.map((each, i) =>
      lines[i]?.isIn
        ? each.map((place, axis) =>
            place === undefined
              ? undefined
              : ([(box.width * (axis + 0.5)) / axes.length, box.height * (1 - place)] as const),
          )
        : [],
    );
    const found = nearestLine(points, [clientX - box.left, clientY - box.top], NEAR);
    return found === undefined ? undefined : lines[found]?.result.id;
  };
  const shown = [picked, pointed].flatMap((id) => {
    const line = lines.findIndex(({ result }) => result.id === id);
    return lines[line]?.isIn ? [line] : [];
  });
  return (
    <div className={styles.plot} style={{ minWidth: `${axes.length * 100}px` }}>
      <div className={styles.labels} aria-hidden>
        {axes.map(({ id, label }) => (
          <span key={id} title={label}>
            {label}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the table does the same by keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table does the same by keys */}
      <div
        ref={area}
        className={styles.area}
        onPointerMove={(event) => onPoint(at(event))}
        onPointerLeave={() => onPoint(undefined)}
        onClick={(event) => onPick(at(event as unknown as PointerEvent))}
      >
        <svg
          className={styles.lines}
          viewBox={`0 0 ${axes.length} 1`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          <Lines lines={lines} places={places} />
          {shown.map((line) => (
            <path key={line} className={styles.shown} d={pathOf(places[line] ?? [])} />
          ))}
        </svg>
        {axes.map((axis, i) => (
          <AxisColumn
            key={axis.id}
            axis={axis}
            left={i / axes.length}
            width={1 / axes.length}
            brush={brushes.get(axis.id)}
            onBrush={(brush) => onBrush(axis.id, brush)}
          />
        ))}
      </div>
    </div>
  );
}

const Lines = memo(function Lines(props: {
  readonly lines: readonly PlotLine[];
  readonly places: readonly (readonly (number | undefined)[])[];
}) {
  return props.lines.map(({ result, share, isIn }, i) => (
    <path
      key={result.id}
      className={styles.line}
      data-out={isIn ? undefined : ''}
      data-plain={share === undefined ? '' : undefined}
      style={{ '--place': `${Math.round(100 * (share ?? 0))}%` } as CSSProperties}
      d={pathOf(props.places[i] ?? [])}
    />
  ));
});

/** From axis to axis, with gaps where there is no place. */
const pathOf = (places: readonly (number | undefined)[]): string =>
  places
    .map((place, i) =>
      place === undefined ? '' : `${places[i - 1] === undefined ? 'M' : 'L'}${i + 0.5} ${1 - place}`,
    )
    .join('');

interface AxisColumnProps {
  readonly axis: PlotAxis;
  /** Shares of the plot. */
  readonly left: number;
  readonly width: number;
  readonly brush: Brush | undefined;
  readonly onBrush: (brush: Brush | undefined) => void;
}

/** A shorter drag is a press, which chooses all. */
const LEAST_PIXELS = 4;
/** A press of a key. */
const STEP = 0.02;

/** An axis with what is written on it. By hand a part is dragged out, or moved; keys move either end. */
function AxisColumn({ axis, left, width, brush, onBrush }: AxisColumnProps) {
  const { label, sayAt, ticks } = axis;
  /** Where a drag began, and the part that it moves. */
  const [drag, setDrag] = useState<{ readonly y: number; readonly moved: Brush | undefined }>();
  const [from, to] = brush ?? [0, 1];
  const placeOf = ({ currentTarget, clientY }: PointerEvent) => {
    const { top, height } = (currentTarget.parentElement ?? currentTarget).getBoundingClientRect();
    return { place: within(1 - (clientY - top) / height), height };
  };
  const move = (event: PointerEvent) => {
    if (!drag) return;
    event.stopPropagation();
    const { place, height } = placeOf(event);
    if (Math.abs(event.clientY - drag.y) < LEAST_PIXELS) return;
    const began = within(place + (event.clientY - drag.y) / height);
    if (!drag.moved) return onBrush(began < place ? [began, place] : [place, began]);
    const [low, high] = drag.moved;
    const by = Math.min(1 - high, Math.max(-low, place - began));
    onBrush([low + by, high + by]);
  };
  const change = (next: Brush) => onBrush(next[0] <= 0 && next[1] >= 1 ? undefined : next);
  const ends: readonly { word: string; at: number; moved(place: number): Brush }[] = [
    { word: 'at least', at: from, moved: (place) => [Math.min(place, to), to] },
    { word: 'at most', at: to, moved: (place) => [from, Math.max(place, from)] },
  ];
  return (
    <fieldset
      className={styles.axis}
      aria-label={label}
      style={{ left: `${100 * left}%`, width: `${100 * width}%` }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the sliders do the same by keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the sliders do the same by keys */}
      <div
        className={styles.handle}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const { place } = placeOf(event);
          setDrag({ y: event.clientY, moved: brush && place >= from && place <= to ? brush : undefined });
        }}
        onPointerMove={move}
        onPointerUp={(event) => {
          if (drag && Math.abs(event.clientY - drag.y) < LEAST_PIXELS) onBrush(undefined);
          setDrag(undefined);
        }}
        onPointerCancel={() => setDrag(undefined)}
        onClick={(event) => event.stopPropagation()}
      />
      {brush ? (
        <i className={styles.brush} style={{ bottom: `${100 * from}%`, height: `${100 * (to - from)}%` }} />
      ) : null}
      {ticks.map(({ place, text }) => (
        <span key={text} className={styles.tick} style={{ bottom: `${100 * place}%` }}>
          {text}
        </span>
      ))}
      {ends.map(({ word, at, moved }) => (
        <input
          key={word}
          type="range"
          className="visually-hidden"
          aria-label={`${label}, ${word}`}
          aria-valuetext={sayAt(at)}
          min={0}
          max={1}
          step={STEP}
          value={at}
          onChange={({ target }) => change(moved(Number(target.value)))}
        />
      ))}
    </fieldset>
  );
}

const within = (place: number): number => Math.min(1, Math.max(0, place));
