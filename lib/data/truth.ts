import type { Stream } from '@/lib/util/random';

/** What is known about a data set's distribution, and what is known of Gaussian mixtures. */
export interface Truth {
  readonly modes?: Modes;
  readonly classes?: ClassTruth;
  /** All of it lies on points or curves, which have no area: there is no density. */
  readonly thin?: true;
  /** Density at a point. */
  density?(point: readonly number[]): number;
  /** In nats per row: of the density where there is one, else of the probabilities. */
  readonly entropy?: number;
  /** What can be read off a sample by looking at it. */
  readonly attributes?: readonly Attribute[];
  /** Looks at a sample: of `target` where the source has one, made for `given`, else of `x`. */
  read?(sample: Float32Array, given?: Float32Array): Reading;
  /** What the numbers of labels stand for, in their order. */
  readonly words?: readonly string[];
  /** The letters of strings, in the order of their places. */
  readonly alphabet?: readonly string[];
}

export interface Attribute {
  readonly name: string;
  readonly values: readonly string[];
}

export interface Reading {
  /** Per attribute the index of its value, or -1. */
  readonly values: readonly number[];
  /** How near it comes to something legal: 0 to 1. */
  readonly fit: number;
  readonly legal: boolean;
  /** The same for samples that are the same thing. */
  readonly text?: string;
}

/** Examples of known classes, as many as are asked for. */
export interface ClassTruth {
  /** The same for the same data. */
  readonly key: string;
  readonly count: number;
  /** Of one example. */
  readonly dims: readonly number[];
  /** Each channel of an example has a class of its own; the example's is all of them together, as digits of a number. */
  readonly perChannel?: true;
  /** Labels are one-hot, in as many groups as classes are judged. */
  draw(rows: number, stream: Stream): { readonly x: Float32Array; readonly labels: Float32Array };
}

export interface Modes {
  readonly centres: readonly (readonly number[])[];
  /** Shares of the mass, which sum to 1; equal where left out. */
  readonly weights?: readonly number[];
  /** One for all, one per axis, or one per mode and axis. */
  readonly sd: number | readonly number[] | readonly (readonly number[])[];
}

/** The deviation of one mode along one axis. */
export function sdOf({ sd }: Modes, mode: number, axis: number): number {
  if (typeof sd === 'number') return sd;
  const first = sd[0];
  if (typeof first === 'number') return (sd as readonly number[])[axis] as number;
  return ((sd as readonly (readonly number[])[])[mode] as readonly number[])[axis] as number;
}

/** The share of the mass in one mode. */
export const weightOf = ({ weights, centres }: Modes, mode: number): number =>
  weights ? (weights[mode] as number) : 1 / centres.length;

/** Each place once, with the share of the mass that its repeats make. */
export function mergeRepeats(centres: Modes['centres']): Required<Pick<Modes, 'centres' | 'weights'>> {
  const counts = new Map<string, { centre: readonly number[]; count: number }>();
  for (const centre of centres) {
    const known = counts.get(centre.join());
    if (known) known.count++;
    else counts.set(centre.join(), { centre, count: 1 });
  }
  const merged = [...counts.values()];
  return {
    centres: merged.map(({ centre }) => centre),
    weights: merged.map(({ count }) => count / centres.length),
  };
}

/** p(x) = Σₖ wₖ Πₐ N(xₐ; cₖₐ, sdₖₐ²) */
export function mixtureTruth(modes: Modes): Truth {
  return {
    modes,
    density(point) {
      let total = 0;
      modes.centres.forEach((centre, mode) => {
        let product = weightOf(modes, mode);
        for (let axis = 0; axis < centre.length; axis++) {
          const sd = sdOf(modes, mode, axis);
          product *= normalDensity(((point[axis] as number) - (centre[axis] as number)) / sd) / sd;
        }
        total += product;
      });
      return total;
    },
  };
}

/** exp(-z²/2) / √(2π) */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** The truth about s·x of d numbers: p(x/s) / sᵈ. Targets are not scaled. */
export function scaleTruth(truth: Truth, scale: number, dims: number): Truth {
  const { modes, density, entropy, read } = truth;
  const back = (values: Float32Array) => values.map((value) => value / scale);
  return {
    ...truth,
    ...(density && entropy !== undefined && { entropy: entropy + dims * Math.log(scale) }),
    ...(read && {
      read: (sample: Float32Array, given?: Float32Array) =>
        given ? read(sample, back(given)) : read(back(sample)),
    }),
    ...(modes && {
      modes: {
        centres: modes.centres.map((centre) => centre.map((value) => value * scale)),
        sd: scaleSd(modes.sd, Math.abs(scale)),
        ...(modes.weights && { weights: modes.weights }),
      },
    }),
    ...(density && {
      density: (point: readonly number[]) =>
        density(point.map((value) => value / scale)) / Math.abs(scale) ** point.length,
    }),
  };
}

function scaleSd(sd: Modes['sd'], scale: number): Modes['sd'] {
  if (typeof sd === 'number') return sd * scale;
  const first = sd[0];
  if (typeof first === 'number') return (sd as readonly number[]).map((value) => value * scale);
  return (sd as readonly (readonly number[])[]).map((row) => row.map((value) => value * scale));
}
