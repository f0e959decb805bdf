'use client';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { Name } from '@/components/canvas/words';
import { useEditor, useStores } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { showToast } from '@/components/ui/toast';
import { nameOf } from '@/lib/check/names';
import { type Cure, curesOf } from '@/lib/store/cures';
import { snapshotBefore } from '@/lib/store/timeline';
import type { Detector } from '@/lib/train/detectors/detector';
import { detectors, type Failure } from '@/lib/train/detectors/detectors';
import { defined } from '@/lib/util/assert';
import { formatCount } from '@/lib/util/format-count';
import styles from './failures.module.css';
import { useTrainingStore } from './training-context';

const none: readonly Failure[] = [];
/** More changes than these are not offered at once. */
const MOST_CURES = 3;

/** What went wrong in the run so far. */
export function useFailures(): readonly Failure[] {
  const { feed } = useTrainingStore();
  return useSyncExternalStore(feed.subscribe, feed.failures, () => none);
}

const detectorOf = ({ detector }: Failure): Detector =>
  defined(
    detectors.find(({ id }) => id === detector),
    detector,
  );

/** Says when something goes wrong, once for each. */
export function useFailureNotices(onShow?: () => void): void {
  const failures = useFailures();
  const { session } = useStores();
  const known = useRef(failures);
  const show = useRef(onShow);
  show.current = onShow;
  useEffect(() => {
    const fresh = failures.filter((failure) => !known.current.includes(failure));
    // Those of a run that was opened again were said when they happened.
    const isOpened = known.current.length === 0 && fresh.length > 1;
    known.current = failures;
    if (isOpened) return;
    for (const failure of fresh.filter(({ wentBackTo }) => wentBackTo === undefined)) {
      const title = `${detectorOf(failure).title}, iteration ${formatCount(failure.iteration)}`;
      session.announce(`${title}. ${failure.message}`);
      const { current } = show;
      showToast({ title, ...(current && { action: { label: 'Explain', onSelect: current } }) });
    }
  }, [failures, session]);
}

/** Items of the list of problems, the newest first: what was seen, when, and what to change, each change one step of undo. */
export function Failures() {
  const failures = useFailures();
  return failures
    .toReversed()
    .map((failure) => (
      <FailureItem key={`${failure.detector}-${failure.node}-${failure.iteration}`} of={failure} />
    ));
}

function FailureItem({ of: failure }: { readonly of: Failure }) {
  const { editor, session } = useStores();
  const training = useTrainingStore();
  const { feed, timeline } = training;
  const before = useStore(timeline, ({ snapshots }) => snapshotBefore(snapshots, failure));
  const checked = usePlain();
  const graph = useEditor((state) => state.graph);
  const { title, source } = detectorOf(failure);
  const cures = curesOf(failure, checked, graph).slice(0, MOST_CURES);
  const { wentBackTo } = failure;
  const goBack = before &&
    wentBackTo === undefined && {
      label: `Go on from ${formatCount(before.iteration)}`,
      onSelect() {
        const { iteration } = before;
        // It stays listed, with what cures it.
        const failures = feed
          .results()
          .failures.map((each) => (each === failure ? { ...each, wentBackTo: iteration } : each));
        void training.goOnFrom(before, { ...feed.results(), failures });
        session.announce(`The run stands at iteration ${formatCount(before.iteration)}`);
      },
    };
  const apply = ({ label, change }: Cure) => {
    editor.commit(label, change);
    session.announce(`${label}: done`);
    feed.putAside(failure);
    // What was changed helps a run that has failed already less than one that has not.
    if (goBack) showToast({ title: `${label}: done`, action: goBack });
  };
  return (
    <li className={styles.failure}>
      <TriangleAlert size={15} aria-label="Found in the run" className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.message}>
          <strong>{title}</strong>, iteration {formatCount(failure.iteration)}, in{' '}
          <Name of={{ id: failure.node, name: nameOf(checked, failure.node) }} />. {failure.message}{' '}
          <a href={source.url} target="_blank" rel="noreferrer">
            {source.label}
          </a>
          {wentBackTo === undefined ? null : ` The run went back to iteration ${formatCount(wentBackTo)}.`}
        </p>
        <div className={styles.cures}>
          {cures.map((cure) => (
            <Button key={cure.label} size="sm" onClick={() => apply(cure)}>
              {cure.label}
            </Button>
          ))}
          {goBack ? (
            <Button
              size="sm"
              variant="secondary"
              title="The newest snapshot from before it; the run as it is now is set aside, and Undo the reset brings it back"
              onClick={goBack.onSelect}
            >
              {goBack.label}, before it
            </Button>
          ) : null}
          <Button size="sm" variant="ghost" onClick={() => feed.putAside(failure)}>
            Put aside
          </Button>
        </div>
      </div>
    </li>
  );
}
