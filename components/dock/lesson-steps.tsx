'use client';
import { Circle, CircleCheck, CircleDot } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStores } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import type { Checked } from '@/lib/check/checked';
import { countDone, type Known, type LessonStep } from '@/lib/check/lesson';
import { safeStorage } from '@/lib/store/kept-runs';
import type { TrainingStore } from '@/lib/store/training-state';
import styles from './lesson-steps.module.css';
import { useTrainingStore } from './training-context';

interface StepsProps {
  readonly document: string;
  readonly steps: readonly LessonStep[];
}

/** The steps of a lesson: what is done, what is next. They check themselves, and are remembered. */
export function LessonSteps({ document, steps }: StepsProps) {
  const done = useDone(document, steps);
  return (
    <ol className={styles.steps} aria-label={`Steps, ${done} of ${steps.length} done`}>
      {steps.map(({ words }, i) => {
        const [Icon, state] =
          i < done
            ? ([CircleCheck, 'Done'] as const)
            : i === done
              ? ([CircleDot, 'Next'] as const)
              : ([Circle, 'Later'] as const);
        return (
          <li
            key={words}
            className={styles.step}
            data-state={state}
            aria-current={i === done ? 'step' : undefined}
          >
            <Icon size={16} aria-label={state} className={styles.icon} />
            <span>{words}</span>
          </li>
        );
      })}
    </ol>
  );
}

const keyOf = (document: string) => `ganvas-lesson:${document}`;

function useDone(document: string, steps: readonly LessonStep[]): number {
  const training = useTrainingStore();
  const { session } = useStores();
  const checked = usePlain();
  const [storage] = useState(safeStorage);
  const [done, setDone] = useState(() =>
    Math.min(steps.length, Number(storage.getItem(keyOf(document))) || 0),
  );
  useEffect(() => {
    let waiting = 0;
    const look = () => {
      waiting = 0;
      const next = countDone(steps, done, knownIn(training, checked));
      if (next === done) return;
      storage.setItem(keyOf(document), String(next));
      setDone(next);
      session.announce(next === steps.length ? 'All steps are done' : `Step ${next} is done`);
    };
    const request = () => {
      waiting ||= requestAnimationFrame(look);
    };
    request();
    const unsubscribe = [training.feed.subscribe(request), training.subscribe(request)];
    return () => {
      cancelAnimationFrame(waiting);
      for (const end of unsubscribe) end();
    };
  }, [training, checked, steps, done, document, session, storage]);
  return done;
}

/**
 * `iteration`; `failures`, how many were found; `failure`, the last one; `node` is its kind, `node.name` a parameter, the
 * newest result of a metric, or a figure of the last check.
 */
const knownIn =
  ({ feed, getState }: TrainingStore, { nodes, graph }: Checked): Known =>
  (name) => {
    if (name === 'iteration') return getState().iteration;
    if (name === 'failures') return feed.failures().length;
    if (name === 'failure') return feed.failures().at(-1)?.detector;
    const [id = '', field] = name.split('.');
    const params: Readonly<Record<string, unknown>> | undefined =
      id === 'settings' ? graph.settings : nodes.get(id)?.params;
    if (field === undefined) return nodes.get(id)?.node.kind;
    const value = params?.[field];
    const now = typeof value === 'object' && value !== null && 'from' in value ? value.from : value;
    if (typeof now === 'number' || typeof now === 'string') return now;
    return feed.metrics.last(name) ?? feed.health.last(name);
  };
