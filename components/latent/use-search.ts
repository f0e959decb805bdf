import { useCallback, useEffect, useRef, useState } from 'react';
import { useTrainingStore } from '@/components/dock/training-context';
import type { Ref } from '@/lib/compile/plan';
import { reasonOf } from '@/lib/util/reason-of';
import type { Sample } from './tile';
import { askRun } from './use-generator';
import type { Point } from './use-latent';

/** What is looked for: a sample, and how much each of its numbers counts. */
export interface Goal {
  readonly target: Float32Array;
  readonly mask?: Float32Array;
  /** As long as the noise may be. */
  readonly within?: number;
}

interface Found {
  readonly point: Point;
  readonly sample: Sample;
  /** To the goal. */
  readonly distance: number;
}

/** Root mean squared difference of what counts. */
export function distanceTo({ target, mask }: Goal, sample: Float32Array): number {
  const counts = (i: number) => mask?.[i] ?? 1;
  const [far, all] = target.reduce(
    ([sum, share], value, i) => [sum + counts(i) * (value - (sample[i] ?? 0)) ** 2, share + counts(i)],
    [0, 0],
  ) as [number, number];
  return Math.sqrt(far / all);
}

/** Updates of the noise in one question, so that what is found is seen on its way; questions after the last goal. */
const STEPS = 15;
const ROUNDS = 12;

/** Moves a point of the latent space towards what makes the goal, from where it was found last, as long as it helps. */
export function useSearch(of: Ref, at: string, weights: 'live' | 'ema', start: Point) {
  const training = useTrainingStore();
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<string>();
  const state = useRef({ goal: undefined as Goal | undefined, point: start, rounds: 0, isBusy: false });
  const { node, port } = of;

  const clear = useCallback(() => {
    Object.assign(state.current, { goal: undefined, point: start, rounds: 0 });
    setFound(undefined);
  }, [start]);
  // Another origin: the search begins there.
  useEffect(clear, [clear]);
  useEffect(() => {
    const { current } = state;
    return () => {
      current.rounds = 0;
    };
  }, []);

  async function look(): Promise<void> {
    const { current } = state;
    if (current.isBusy) return;
    current.isBusy = true;
    try {
      while (current.rounds > 0 && current.goal) {
        current.rounds--;
        const { goal, point } = current;
        const { samples, read, costs } = await askRun(training, {
          type: 'search',
          of: { node, port },
          at,
          weights,
          numbers: [0],
          given: { ...point.rest, [at]: point.z },
          ...goal,
          steps: STEPS,
          learningRate: 0.05,
          smooth: 0,
        });
        // An origin that was chosen meanwhile is where the next one starts; with nothing to look for any more it rests.
        if (current.point !== point || !current.goal) continue;
        const next = { z: read[at]?.data ?? point.z, rest: point.rest };
        current.point = next;
        setFound({
          point: next,
          sample: { dims: samples.dims.slice(1), data: samples.data },
          distance: Math.sqrt(costs[0] ?? 0),
        });
      }
    } catch (error) {
      setProblem(reasonOf(error));
    }
    current.isBusy = false;
  }

  return {
    found,
    problem,
    /** Back to where the search began, with nothing to look for. */
    clear,
    aim(goal: Goal, from?: Point) {
      const { current } = state;
      Object.assign(current, { goal, rounds: ROUNDS, ...(from && { point: from }) });
      setProblem(undefined);
      void look();
    },
  };
}
