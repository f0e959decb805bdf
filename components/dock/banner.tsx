'use client';
import { TriangleAlert } from 'lucide-react';
import { useMissingData } from '@/components/data/needed-data';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/util/format-count';
import styles from './banner.module.css';
import { useTraining, useTrainingStore } from './training-context';

/** What the person should know of a run that goes on: it moved, or it trains an older graph. */
export function Banner({ onShowProblems }: { readonly onShowProblems: () => void }) {
  return (
    <>
      <Recovered />
      <NotKept />
      <Stale onShowProblems={onShowProblems} />
      <MissingData />
    </>
  );
}

/** A file of the user's own that the document draws from is not here. */
function MissingData() {
  const [missing, ...more] = useMissingData();
  if (!missing) return null;
  return (
    <div className={styles.banner} role="status" data-testid="missing-data">
      <TriangleAlert size={14} aria-hidden />
      <span>
        {missing.message} {missing.hint}
        {more.length > 0 ? ` ${more.length} more: see Problems.` : ''}
      </span>
    </div>
  );
}

/** A device or the worker failed, and the run goes on. */
function Recovered() {
  const training = useTrainingStore();
  const recovered = useTraining((state) => state.recovered);
  if (!recovered) return null;
  return (
    <div className={styles.banner} role="status" data-testid="moved">
      <TriangleAlert size={14} aria-hidden />
      <span>{recovered}</span>
      <Button size="sm" variant="ghost" onClick={training.dismiss}>
        Dismiss
      </Button>
    </div>
  );
}

/** The run goes on, but what it has learned since would be lost with the page. */
function NotKept() {
  const notKept = useTraining((state) => state.notKept);
  const kept = useTraining((state) => state.kept);
  if (notKept === undefined) return null;
  return (
    <div className={styles.banner} role="status" data-testid="not-kept">
      <TriangleAlert size={14} aria-hidden />
      <span>
        The weights could not be kept in this browser ({notKept}). Training goes on, and they are tried again;
        until then a page that is closed goes back to iteration {formatCount(kept)}. The panel Data shows what
        takes room; the File menu saves weights as a file.
      </span>
    </div>
  );
}

/** The graph is broken and the last good plan trains on. */
function Stale({ onShowProblems }: { readonly onShowProblems: () => void }) {
  const errors = useTraining((state) => state.staleErrors);
  const runs = useTraining(({ status }) => status.type === 'running' || status.type === 'paused');
  if (errors === 0 || !runs) return null;
  return (
    <div className={styles.banner} role="status">
      <TriangleAlert size={14} aria-hidden />
      <span>
        The graph has {errors === 1 ? 'an error' : `${errors} errors`}. Training goes on with the last version
        that worked.
      </span>
      <Button size="sm" variant="ghost" onClick={onShowProblems}>
        Show
      </Button>
    </div>
  );
}
