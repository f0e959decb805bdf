import { Eraser, Pencil } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { quantity } from '@/lib/util/sentence';
import type { Binding } from './binding';
import styles from './points-editor.module.css';
import type { Gesture } from './use-gesture';

type Point = readonly [x: number, y: number];

/** Of half the side of the square: between points of a stroke, what the eraser reaches, a step of the keys. */
const [SPACING, REACH, STEP] = [0.04, 0.08, 0.1];
const MOST = 2_000;

/** Points of the plane, drawn with mouse, pen, finger or keys. A stroke is one step of the history. */
export function PointsEditor(props: {
  readonly id: string;
  readonly label: string;
  readonly value: readonly Point[];
  readonly binding: Binding;
  readonly gesture: Gesture;
}) {
  const { id, label, value, binding, gesture } = props;
  const [isErasing, setErasing] = useState(false);
  /** The next stroke takes the place of all points. */
  const [isAnew, setAnew] = useState(false);
  const [cursor, setCursor] = useState<Point>();
  const frame = useRef<HTMLDivElement>(null);
  const stroke = useRef<readonly Point[]>(undefined);
  /** Where the stroke was last. */
  const last = useRef<Point>(undefined);
  // The square holds all points, and does not grow under a stroke.
  const half = useRef(1);
  if (!stroke.current) half.current = halfOf(value);
  const side = half.current;

  const step = (points: readonly Point[], at: Point, erases: boolean): readonly Point[] => {
    if (!erases) {
      // A hand that leaves the square draws nothing out there.
      const isSeen = Math.max(...at.map(Math.abs)) <= side;
      const isNew = !points.some((point) => distance(point, at) < SPACING * side);
      return isSeen && isNew && points.length < MOST ? [...points, round(at)] : points;
    }
    const left = points.filter((point) => distance(point, at) > REACH * side);
    // One point at least stays.
    return left.length > 0 ? left : points;
  };
  const apply = (places: readonly Point[], erases: boolean) => {
    const before = stroke.current ?? (isAnew ? [] : value);
    const next = places.reduce((points, at) => step(points, at, erases), before);
    if (next.length === 0 || (next === before && stroke.current)) return;
    stroke.current = next;
    gesture.change(binding.edit(next.map(([x, y]) => [x, y])));
  };
  const end = () => {
    if (stroke.current) setAnew(false);
    stroke.current = undefined;
    last.current = undefined;
    gesture.end();
  };
  const placeOf = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point => {
    const { left, top, width, height } = frame.current?.getBoundingClientRect() ?? new DOMRect();
    return [((2 * (clientX - left)) / width - 1) * side, (1 - (2 * (clientY - top)) / height) * side];
  };
  const onPointer = (event: PointerEvent) => {
    if ((event.buttons & 1) === 0) return;
    const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const each of moves.length > 0 ? moves : [event]) {
      const at = placeOf(each);
      // A quick hand is seen at few places.
      apply(between(last.current ?? at, at, (SPACING * side) / 4), isErasing);
      last.current = at;
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const moves: Record<string, Point> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
    };
    const move = moves[event.key];
    const [x, y] = cursor ?? [0, 0];
    if (move) {
      const within = (at: number) => Math.max(-side, Math.min(side, at));
      const step = STEP * side * (event.shiftKey ? 0.2 : 1);
      setCursor([within(x + move[0] * step), within(y + move[1] * step)]);
    } else if (['Enter', ' ', 'Delete', 'Backspace'].includes(event.key)) {
      apply([[x, y]], event.key.length > 5);
      end();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const path = (points: readonly Point[]) => points.map(([x, y]) => `M${x / side} ${-y / side}h0`).join('');
  return (
    <div className={styles.editor}>
      <div
        ref={frame}
        id={id}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw too
        tabIndex={0}
        aria-label={`${label}: ${quantity(value.length, 'point')}. Draw, or move by the arrow keys, put a point by Enter, take points away by Delete.`}
        className={styles.square}
        data-erasing={isErasing ? '' : undefined}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setCursor(undefined);
          onPointer(event);
        }}
        onPointerMove={onPointer}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={onKey}
        onFocus={({ target }) => setCursor(target.matches(':focus-visible') ? [0, 0] : undefined)}
        onBlur={() => setCursor(undefined)}
      >
        <svg viewBox="-1 -1 2 2" aria-hidden>
          <path d="M-1 0H1M0 -1V1" className={styles.axes} />
          <path d={path(value)} className={styles.points} data-faint={isAnew ? '' : undefined} />
          {cursor ? (
            <path
              d={`M${cursor[0] / side - 0.06} ${-cursor[1] / side}h.12M${cursor[0] / side} ${-cursor[1] / side - 0.06}v.12`}
              className={styles.cursor}
            />
          ) : null}
        </svg>
      </div>
      <div className={styles.tools}>
        <IconButton
          icon={Pencil}
          size="sm"
          label="Draw"
          pressed={!isErasing}
          onClick={() => setErasing(false)}
        />
        <IconButton
          icon={Eraser}
          size="sm"
          label="Erase"
          pressed={isErasing}
          onClick={() => setErasing(true)}
        />
        <Button
          size="sm"
          aria-pressed={isAnew}
          onClick={() => {
            setAnew(!isAnew);
            setErasing(false);
          }}
        >
          Anew
        </Button>
        <span className={styles.count}>
          {quantity(value.length, 'point')}, ±{Number(side.toPrecision(2))}
        </span>
      </div>
    </div>
  );
}

const halfOf = (points: readonly Point[]): number =>
  Math.max(1.2, 1.1 * Math.max(0, ...points.flat().map(Math.abs)));

/** Places from one point to another, at most `step` apart, without the first and with the second. */
function between([fromX, fromY]: Point, [toX, toY]: Point, step: number): readonly Point[] {
  const count = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY) / step));
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 1) / count;
    return [fromX + (toX - fromX) * share, fromY + (toY - fromY) * share] as const;
  });
}

const distance = ([x, y]: Point, [a, b]: Point): number => Math.hypot(x - a, y - b);

const round = ([x, y]: Point): Point => [short(x), short(y)];
const short = (value: number): number => Number(value.toFixed(2));
