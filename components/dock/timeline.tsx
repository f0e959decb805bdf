'use client';
import { History } from 'lucide-react';
import { type KeyboardEvent, Suspense, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { DropdownMenu, type MenuEntry } from '@/components/ui/menu';
import { part } from '@/components/ui/part';
import type { TimelineMark } from '@/lib/store/marks';
import { snapshotAt, snapshotBefore } from '@/lib/store/timeline';
import type { SnapshotEntry } from '@/lib/train/run-store';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import { IterationField } from './iteration-field';
import styles from './timeline.module.css';
import { useTraining, useTrainingStore } from './training-context';

const WordsField = part(
  'the field for notes',
  () => import('@/components/ui/words-field').then((module) => module.WordsField),
  { instead: () => null },
);

const useTimeline = () => {
  const { timeline, feed } = useTrainingStore();
  const { snapshots, cursor, problem } = useStore(timeline);
  const marks = useSyncExternalStore(feed.subscribe, feed.marks, feed.marks);
  const present = useTraining((state) => (state.status.type === 'idle' ? state.kept : state.iteration));
  const target = useTraining((state) => state.target);
  const moveTo = (iteration: number) =>
    timeline.moveTo(iteration >= present ? undefined : Math.max(0, iteration));
  return { snapshots, cursor, problem, marks, present, end: Math.max(target, present, 1), moveTo };
};

/** How far the run is, what happened on the way, and the cursor over it. */
export function Timeline() {
  const { snapshots, cursor, problem, marks, present, end, moveTo } = useTimeline();
  const shown = cursor ?? present;
  const training = useTrainingStore();
  /** The iteration that a note is being written on. */
  const [noted, setNoted] = useState<number>();
  const note: MenuEntry = {
    label: `Note at iteration ${formatCount(shown)} …`,
    disabled: present === 0,
    onSelect: () => setNoted(shown),
  };
  const step = (event: KeyboardEvent) => {
    const next = nextOf(event.key, snapshots, shown);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(next);
  };
  return (
    <>
      <div className={styles.row}>
        <div className={styles.slider}>
          <div className={styles.track}>
            <div style={{ width: `${(100 * present) / end}%` }} />
          </div>
          <input
            type="range"
            aria-label="Iteration shown"
            aria-valuetext={
              cursor === undefined ? `Newest, iteration ${formatCount(present)}` : formatCount(cursor)
            }
            min={0}
            max={end}
            value={shown}
            disabled={present === 0}
            onKeyDown={step}
            onChange={(event) => moveTo(Number(event.target.value))}
          />
          {snapshots.map(({ iteration, damage }) => (
            <i
              key={iteration}
              className={styles.snapshot}
              data-damaged={damage === undefined ? undefined : ''}
              style={{ left: leftOf(iteration / end) }}
            />
          ))}
          {marks.map(({ iteration, type, text }) => (
            <i
              key={`${iteration} ${type} ${text}`}
              className={styles.mark}
              data-type={type}
              style={{ left: leftOf(iteration / end) }}
            />
          ))}
        </div>
        <IterationField value={shown} isDisabled={present === 0} onChange={moveTo} />
        <DropdownMenu
          label="What happened"
          align="end"
          entries={[note, ...entriesOf(marks, snapshots, moveTo)]}
          trigger={<IconButton icon={History} label="What happened" size="sm" side="top" />}
        />
      </div>
      {noted === undefined ? null : (
        <div className={styles.past}>
          <span aria-hidden>Note at {formatCount(noted)}</span>
          <Suspense>
            <WordsField
              label={`Note at iteration ${formatCount(noted)}`}
              words=""
              most={500}
              className={styles.note}
              onEnd={(text) => {
                setNoted(undefined);
                if (text) training.note(noted, text);
              }}
            />
          </Suspense>
        </div>
      )}
      {cursor === undefined ? null : <Past cursor={cursor} snapshots={snapshots} marks={marks} />}
      {problem ? (
        <p className={styles.past} role="status" data-testid="snapshot-problem">
          {problem}
        </p>
      ) : null}
    </>
  );
}

/** The cursor is not at the end: what is shown, and the ways on. */
function Past(props: {
  readonly cursor: number;
  readonly snapshots: readonly SnapshotEntry[];
  readonly marks: readonly TimelineMark[];
}) {
  const { cursor, snapshots, marks } = props;
  const training = useTrainingStore();
  const mark = marks.findLast(({ iteration }) => iteration <= cursor);
  const isFailure = mark?.type === 'failure' && mark.iteration === cursor;
  const snapshot = isFailure ? snapshotBefore(snapshots, mark) : snapshotAt(snapshots, cursor);
  return (
    <div className={styles.past} data-testid="past">
      <span>
        Iteration {formatCount(cursor)}
        {snapshot && snapshot.iteration !== cursor
          ? `, pictures and X-rays of ${formatCount(snapshot.iteration)}`
          : ''}
      </span>
      {mark ? <span className={styles.text}>{sayAt(mark.iteration, mark.text)}</span> : null}
      <span className={styles.ways}>
        {mark?.type === 'note' ? (
          <Button size="sm" variant="ghost" onClick={() => training.forget(mark)}>
            Delete the note
          </Button>
        ) : null}
        {snapshot ? (
          <Button
            size="sm"
            variant="secondary"
            title="The run as it is now stays, under Runs; Undo the reset brings it back"
            onClick={() => void training.goOnFrom(snapshot)}
          >
            Go on from {formatCount(snapshot.iteration)}
          </Button>
        ) : null}
        <Button size="sm" variant="ghost" onClick={() => training.timeline.moveTo(undefined)}>
          Back to the newest
        </Button>
      </span>
    </div>
  );
}

/** Where the middle of the slider’s thumb is, at a share of the way. */
const leftOf = (share: number) => `calc(7px + (100% - 14px) * ${Math.min(1, share)})`;

const sayAt = (iteration: number, text: string) => `${formatCount(iteration)}: ${text}`;

/** Where a key leads: from snapshot to snapshot, to the beginning, to the newest. */
function nextOf(key: string, snapshots: readonly SnapshotEntry[], shown: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return snapshots.findLast(({ iteration }) => iteration < shown)?.iteration ?? 0;
    case 'ArrowRight':
    case 'ArrowUp':
      return snapshots.find(({ iteration }) => iteration > shown)?.iteration ?? Number.POSITIVE_INFINITY;
    case 'Home':
      return 0;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return undefined;
  }
}

/** More would not fit on a screen. */
const MOST_ENTRIES = 20;

function entriesOf(
  marks: readonly TimelineMark[],
  snapshots: readonly SnapshotEntry[],
  moveTo: (iteration: number) => void,
): readonly MenuEntry[] {
  const happened = marks.slice(-MOST_ENTRIES);
  const damaged = snapshots.filter(({ damage }) => damage !== undefined);
  const entry = (iteration: number, text: string): MenuEntry => ({
    label: sayAt(iteration, text),
    onSelect: () => moveTo(iteration),
  });
  return [
    { type: 'heading', label: quantity(snapshots.length, 'snapshot') },
    ...damaged.map(({ iteration, damage }) => entry(iteration, `Damaged. ${damage}`)),
    ...happened.map(({ iteration, text }) => entry(iteration, text)),
    ...(happened.length + damaged.length === 0
      ? [{ label: 'No edit, failure or change of the backend so far', disabled: true, onSelect: () => {} }]
      : []),
  ];
}
