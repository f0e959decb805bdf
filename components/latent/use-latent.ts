import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTraining, useTrainingStore } from '@/components/dock/training-context';
import type { Plan, Ref } from '@/lib/compile/plan';
import type { Sampled } from '@/lib/compile/tf/make-samples';
import type { TensorData } from '@/lib/nodes/define';
import { sizeOf } from '@/lib/shapes/shape';
import { givenBy, type MadeFrom } from '@/lib/train/made-from';
import { type ClassInput, classInputs, noiseInput, oneHot } from '@/lib/train/sample-set';
import { range } from '@/lib/util/range';
import type { Sample } from './tile';
import { askRun } from './use-generator';
import { useLatest } from './use-latest';

/** A code: numbers that mean something by themselves. */
interface Code {
  readonly key: string;
  readonly size: number;
  readonly extent: readonly [number, number];
}

/** A generator as it is explored: samples of fixed noise, and what they are made from. */
export interface Latent {
  /** The output of the source that the noise comes from. */
  readonly at: string;
  readonly size: number;
  readonly mean: Float32Array;
  readonly codes: readonly Code[];
  readonly classes: readonly ClassInput[];
  readonly samples: readonly Sample[];
  readonly noise: readonly Float32Array[];
  readonly rest: readonly Point['rest'][];
}

/** As many in the grid; the mean of the noise is read off those and some more. */
export const GRID = 24;
const DRAWN = 64;
/** A source of more numbers is no code. */
const MOST_OF_CODE = 8;
const LOOK_EVERY = 1_000;
const DIRECTIONS = 6;

/**
 * Another object whenever the weights may be others: once a second while a run trains, where it comes to rest, and when
 * it is compiled anew.
 */
function useMoment(): object {
  const isRunning = useTraining((state) => state.status.type === 'running');
  const iteration = useTraining((state) => (state.status.type === 'running' ? -1 : state.iteration));
  const compiled = useTraining((state) => state.summaries);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setLooks((count) => count + 1), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [isRunning]);
  return useMemo(() => ({ iteration, looks, compiled }), [iteration, looks, compiled]);
}

/** Undefined until it is known; null where samples are made without noise. */
export function useLatent(
  plan: Plan,
  of: Ref,
  weights: 'live' | 'ema',
  first: number,
): { readonly latent: Latent | null | undefined; readonly problem: string | undefined } {
  const training = useTrainingStore();
  const moment = useMoment();
  const { node, port } = of;
  const ask = useCallback(
    () =>
      askRun(training, {
        type: 'samples',
        of: { node, port },
        numbers: range(DRAWN).map((i) => first + i),
        weights,
      }),
    [training, node, port, weights, first],
  );
  const { value, problem } = useLatest(ask, moment);
  const latent = useMemo(() => value && latentOf(plan, value), [plan, value]);
  return { latent, problem };
}

function latentOf(plan: Plan, sampled: Sampled): Latent | null {
  const classes = classInputs(plan, sampled);
  const at = noiseInput(plan, sampled);
  const noise = at === undefined ? undefined : sampled.read[at];
  if (at === undefined || !noise) return null;
  const rows = (tensor: TensorData) => rowsOf(tensor).slice(0, GRID);
  const rest = Object.entries(sampled.read).filter(([key]) => key !== at);
  const restRows = rest.map(([key, tensor]) => [key, rows(tensor)] as const);
  return {
    at,
    size: noise.data.length / DRAWN,
    mean: meanOf(noise),
    codes: rest
      .filter(([key]) => !classes.some((each) => each.key === key))
      .map(([key, tensor]) => ({ key, size: tensor.data.length / DRAWN, extent: extentOf(tensor) }))
      .filter(({ size }) => size <= MOST_OF_CODE),
    classes,
    samples: rows(sampled.samples).map((data) => ({ dims: sampled.samples.dims.slice(1), data })),
    noise: rows(noise),
    rest: range(GRID).map((row) =>
      Object.fromEntries(restRows.map(([key, each]) => [key, each[row] as Float32Array])),
    ),
  };
}

/** Cut into rows. */
function rowsOf({ data, dims }: TensorData): Float32Array[] {
  const [count = 0, ...row] = dims;
  const size = sizeOf(row);
  return range(count).map((i) => data.slice(i * size, (i + 1) * size));
}

function meanOf(tensor: TensorData): Float32Array {
  const rows = rowsOf(tensor);
  return (rows[0] as Float32Array).map(
    (_, i) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / rows.length,
  );
}

function extentOf({ data }: TensorData): readonly [number, number] {
  return [Math.min(...data), Math.max(...data)];
}

/** Steps of the noise, each of one deviation along what changes most; each number by itself where there are few. */
export function useDirections(of: Ref, latent: Latent | null | undefined, weights: 'live' | 'ema') {
  const training = useTrainingStore();
  const { node, port } = of;
  const [at, size] = [latent?.at, latent?.size ?? 0];
  const ask = useMemo(() => {
    if (at === undefined) return undefined;
    if (size <= FEW) return async () => range(size).map((i) => oneHot([i], size));
    return () => askRun(training, { type: 'directions', of: { node, port }, at, weights, count: DIRECTIONS });
  }, [training, node, port, at, size, weights]);
  return useLatest(ask).value ?? none;
}

/** So many numbers have a slider each. */
export const FEW = 4;
const none: readonly Float32Array[] = [];

/** A place in the latent space, and what else the sample is made from. */
export type Point = MadeFrom;

/** Where a sample of the grid is. */
export const pointOf = ({ noise, rest }: Latent, index: number): Point => ({
  z: noise[index] as Float32Array,
  rest: rest[index] ?? {},
});

/** What is made at these points now; the answer before stays until the next. */
export function useMade(
  of: Ref,
  at: string | undefined,
  weights: 'live' | 'ema',
  points: readonly Point[],
): readonly Sample[] {
  const training = useTrainingStore();
  const moment = useMoment();
  const { node, port } = of;
  const ask = useMemo(() => {
    if (at === undefined || points.length === 0) return undefined;
    return async () => {
      const { samples } = await askRun(training, {
        type: 'samples',
        of: { node, port },
        numbers: points.map(() => 0),
        weights,
        given: givenBy(points, at),
      });
      return rowsOf(samples).map((data) => ({ dims: samples.dims.slice(1), data }));
    };
  }, [training, node, port, at, weights, points]);
  return useLatest(ask, moment).value ?? noSamples;
}

const noSamples: readonly Sample[] = [];
