'use client';
import { Footprints, Pause, Play, RotateCcw, SkipForward, Undo2 } from 'lucide-react';
import { useEditor, useSession, useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { setSettings } from '@/lib/edit/set';
import { secondsLeft } from '@/lib/store/run-state';
import { formatCount } from '@/lib/util/format-count';
import { ExpectedPace } from './expected-pace';
import { formatRate, formatSeconds } from './format';
import { TargetField } from './target-field';
import { useTraining, useTrainingStore } from './training-context';
import styles from './transport.module.css';

/** Play and pause, step, reset; where the run stands and how long it will take. */
export function Transport() {
  const training = useTrainingStore();
  const status = useTraining((state) => state.status);
  const kept = useTraining((state) => state.kept);
  const { session } = useStores();
  const slowMotion = useSession((state) => state.slowMotion);
  const isMoving = status.type === 'running' || (status.type === 'compiling' && status.next === 'running');
  const isDone = status.type === 'paused' && status.done;
  const label = isMoving ? 'Pause' : kept > 0 && status.type === 'idle' ? 'Resume training' : 'Play';
  return (
    <div className={styles.transport}>
      <IconButton
        icon={isMoving ? Pause : Play}
        label={label}
        shortcut="Space"
        side="top"
        variant="primary"
        className={styles.main}
        disabled={isDone}
        data-testid="play"
        onClick={training.toggle}
      />
      <IconButton
        icon={SkipForward}
        label="One iteration"
        side="top"
        variant="secondary"
        disabled={isMoving || status.type === 'compiling' || status.type === 'failed'}
        onClick={training.step}
      />
      <IconButton
        icon={Footprints}
        label="Slow motion"
        shortcut="W"
        side="top"
        variant="secondary"
        pressed={slowMotion}
        data-testid="slow-motion"
        onClick={() => session.setState({ slowMotion: !slowMotion })}
      />
      <IconButton
        icon={RotateCcw}
        label="Back to iteration 0"
        side="top"
        variant="secondary"
        disabled={status.type === 'idle' && kept === 0}
        onClick={training.reset}
      />
      <UndoReset />
      <Position />
      <Pace />
    </div>
  );
}

/** As long as a reset, or another seed, has replaced a run of the graph as it is. */
function UndoReset() {
  const training = useTrainingStore();
  const replaced = useTraining((state) => state.replaced);
  if (!replaced?.fits) return null;
  return (
    <IconButton
      icon={Undo2}
      label={`Undo the reset: back to iteration ${formatCount(replaced.iteration)}`}
      side="top"
      variant="secondary"
      onClick={training.undoReset}
    />
  );
}

function Position() {
  const iteration = useTraining((state) => (state.status.type === 'idle' ? state.kept : state.iteration));
  return (
    <span className={styles.position}>
      <strong data-testid="iteration">{formatCount(iteration)}</strong>
      <span aria-hidden> / </span>
      <TargetField />
    </span>
  );
}

/** The speed while it runs, else a word on why it does not. */
function Pace() {
  const status = useTraining((state) => state.status);
  const rate = useTraining((state) => state.rate);
  const left = useTraining(secondsLeft);
  const kept = useTraining((state) => state.kept);
  if (status.type === 'running')
    return (
      <span className={styles.pace} data-testid="rate">
        {rate > 0 ? `${formatRate(rate)} it/s · ${formatSeconds(left ?? 0)} left` : 'starting …'}
      </span>
    );
  const words = {
    idle: kept > 0 ? 'weights of the last run' : 'not started',
    compiling: 'building the networks …',
    paused: 'paused',
    failed: 'stopped by an error',
  }[status.type];
  const isDone = status.type === 'paused' && status.done;
  const isSettling = status.type === 'paused' && status.settling;
  return (
    <>
      <span className={styles.pace} data-testid="status">
        {isDone ? 'target reached' : isSettling ? 'pausing after this update …' : words}
        {isDone ? <GoOn /> : null}
      </span>
      {status.type === 'idle' ? <ExpectedPace /> : null}
    </>
  );
}

/** Twice the target, and on. */
function GoOn() {
  const { editor } = useStores();
  const training = useTrainingStore();
  const target = useEditor((state) => state.graph.settings.iterations);
  return (
    <Button
      size="sm"
      variant="ghost"
      className={styles.goOn}
      onClick={() => {
        editor.commit('Raise the target', (graph) => setSettings(graph, { iterations: 2 * target }));
        training.play();
      }}
    >
      Go on to {formatCount(2 * target)}
    </Button>
  );
}
