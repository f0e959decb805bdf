import type { Stream } from '@/lib/util/random';
import { type PythonExpression, type PythonSource, pythonExpression, pythonList } from './python';

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
  /** How a sample is read depends on `given`. */
  readonly readsGiven?: true;
  /** What the numbers of labels stand for, in their order. */
  readonly words?: readonly string[];
  /** The letters of strings, in the order of their places. */
  readonly alphabet?: readonly string[];
  readonly python?: PythonTruth;
}

/** The same for the exported file: functions of NumPy arrays. */
interface PythonTruth {
  /** Of points [rows, axes]. */
  readonly density?: PythonExpression;
  /** Of one sample and of what it was made for, or None: values, fit, legal, and the text where there is one. */
  readonly read?: PythonExpression;
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
  /** The same examples in Python. */
  python?(): PythonSource;
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
    python: { density: mixturePython(modes) },
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

function mixturePython(modes: Modes): PythonExpression {
  const { centres } = modes;
  const weights = centres.map((_, mode) => weightOf(modes, mode));
  const deviations = centres.map((centre, mode) => centre.map((_, axis) => sdOf(modes, mode, axis)));
  const lists = [weights, centres, deviations].map(pythonList).join(', ');
  return pythonExpression(`(lambda points: mixture_density(points, ${lists}))`, mixtureDensity);
}

const mixtureDensity = `def mixture_density(points, weights, centres, deviations):
    """Of a mixture of Gaussians."""
    away = (points[:, None] - np.array(centres)) / np.array(deviations)
    peaks = np.array(weights) / (math.sqrt(2 * math.pi) * np.array(deviations)).prod(1)
    return np.exp(-0.5 * (away**2).sum(2)) @ peaks`;

/** exp(-z²/2) / √(2π) */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** The truth about s·x of d numbers: p(x/s) / sᵈ. Targets are not scaled. */
export function scaleTruth(truth: Truth, scale: number, dims: number): Truth {
  const { modes, density, entropy, read, python } = truth;
  const back = (values: Float32Array) => values.map((value) => value / scale);
  return {
    ...truth,
    ...(density && entropy !== undefined && { entropy: entropy + dims * Math.log(scale) }),
    ...(read && {
      read: (sample: Float32Array, given?: Float32Array) =>
        given ? read(sample, back(given)) : read(back(sample)),
    }),
    ...(python && scale !== 1 && { python: scalePython(python, scale, dims) }),
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

function scalePython({ density, read }: PythonTruth, scale: number, dims: number): PythonTruth {
  const volume = Math.abs(scale) ** dims;
  const back = (values: string) => `(${values} / ${scale}).astype(np.float32)`;
  return {
    ...(density && {
      density: pythonExpression(
        `(lambda points: ${density.expression}(points / ${scale}) / ${volume})`,
        ...density.helpers,
      ),
    }),
    ...(read && {
      read: pythonExpression(
        `(lambda sample, given: ${read.expression}(${back('sample')}, None) if given is None else ${read.expression}(sample, ${back('given')}))`,
        ...read.helpers,
      ),
    }),
  };
}

function scaleSd(sd: Modes['sd'], scale: number): Modes['sd'] {
  if (typeof sd === 'number') return sd * scale;
  const first = sd[0];
  if (typeof first === 'number') return (sd as readonly number[]).map((value) => value * scale);
  return (sd as readonly (readonly number[])[]).map((row) => row.map((value) => value * scale));
}
