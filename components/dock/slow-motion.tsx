'use client';
import { ChevronLeft, ChevronRight, Pause, Play, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useEditor, useStores } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import { prefixOf } from '@/lib/check/blocks/inside';
import { firstIn } from '@/lib/check/blocks/plain-id';
import type { Phase, PhaseReport } from '@/lib/train/phases';
import { useCursor } from './past-note';
import { describePhase } from './phase-words';
import styles from './slow-motion.module.css';
import { useTraining, useTrainingStore } from './training-context';

const paces = [
  { value: '4000', label: '4 s a phase' },
  { value: '2000', label: '2 s a phase' },
  { value: '1000', label: '1 s a phase' },
  { value: '400', label: '0.4 s a phase' },
];

/** One iteration phase by phase, to and fro: what works in each, with its own numbers. */
export function SlowMotion() {
  const { session } = useStores();
  const training = useTrainingStore();
  const { feed } = training;
  const checked = usePlain();
  const report = useSyncExternalStore(feed.subscribe, feed.phases, () => undefined);
  const status = useTraining((state) => state.status);
  const iteration = useTraining((state) => state.iteration);
  const isPast = useCursor() !== undefined;
  const isRunning = status.type === 'running' || status.type === 'compiling';
  // The iteration that is shown is the last that was made.
  const current = isRunning || report?.iteration !== iteration ? undefined : report;
  const [at, setAt] = useAt(current);
  const [isPlaying, setPlaying] = useState(false);
  const [pace, setPace] = useState('2000');
  const phases = current?.phases ?? [];
  const phase = phases[at];
  useWorking(phase);

  const isLast = at >= phases.length - 1;
  const canStep = !isPast && (status.type === 'idle' || (status.type === 'paused' && !status.settling));
  const next = () => (isLast ? canStep && training.step() : setAt(at + 1));
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(next, Number(pace));
    return () => clearTimeout(timer);
  });

  const words = phase && describePhase(phase, checked);
  const instead = isPast
    ? 'The timeline is at an earlier iteration, of which no phases are known. Go back to the newest to walk through it.'
    : isRunning
      ? 'Training at full speed. Pause it to walk through iterations.'
      : 'Press “Next phase” to make one iteration and walk through it.';
  return (
    <section className={styles.bar} aria-label="Slow motion">
      <div className={styles.buttons}>
        <IconButton
          icon={ChevronLeft}
          size="sm"
          side="top"
          label="Previous phase"
          disabled={!phase || at === 0}
          onClick={() => setAt(at - 1)}
        />
        <IconButton
          icon={isPlaying ? Pause : Play}
          size="sm"
          side="top"
          label={isPlaying ? 'Pause the phases' : 'Play the phases'}
          onClick={() => setPlaying(!isPlaying)}
        />
        <IconButton
          icon={ChevronRight}
          size="sm"
          side="top"
          label={isLast && phase ? 'Next iteration' : 'Next phase'}
          disabled={isLast && !canStep}
          onClick={next}
        />
      </div>
      <p className={styles.words} role="status">
        {words && current ? (
          <>
            <span className={styles.count}>
              iteration {current.iteration}, {at + 1} of {phases.length}
            </span>
            <strong>{words.title}</strong> {words.sentence}
          </>
        ) : (
          instead
        )}
      </p>
      <Select
        size="sm"
        label="Pace"
        value={pace}
        onChange={setPace}
        options={paces}
        className={styles.pace}
      />
      <IconButton
        icon={X}
        size="sm"
        side="top"
        label="End slow motion"
        onClick={() => session.setState({ slowMotion: false })}
      />
    </section>
  );
}

/** Which phase of the report is shown: the first of each new one. */
function useAt(report: PhaseReport | undefined): [number, (at: number) => void] {
  const [shown, setShown] = useState({ report, at: 0 });
  const at = shown.report === report ? shown.at : 0;
  return [at, (next) => setShown({ report, at: next })];
}

/** The canvas shows what works, as far as it is in the graph that is open there. */
function useWorking(phase: Phase | undefined): void {
  const { session } = useStores();
  const prefix = useEditor(({ path }) => prefixOf(path));
  useEffect(() => {
    const ids = phase?.nodes.map((id) => firstIn(prefix, id)?.id).filter((id) => id !== undefined);
    const way = phase?.type === 'gradient' ? 'backward' : 'forward';
    session.setState({ working: ids && { ids: new Set(ids), way } });
    return () => session.setState({ working: undefined });
  }, [phase, prefix, session]);
}
