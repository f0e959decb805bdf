import type { ClassTruth, Truth } from '@/lib/data/truth';
import { agreementOf, largestOf } from '@/lib/metrics/classes';
import { type Classifier, trainClassifier } from '@/lib/metrics/classifier';
import { shrinkImages } from '@/lib/metrics/shrink';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type { ReadInputs } from '../define';
import type { MetricResult } from '../metric-result';

/**
 * A classifier of a data set's own examples, trained here when a metric first asks and kept: it judges samples
 * of which no modes are known. It depends on the data set alone, so all runs are judged by the same one.
 */
export interface Judge extends Classifier {
  /** Squares of so many pixels are averaged before the net sees them, and each channel is an image of its own. */
  readonly sees: { readonly factor: number; readonly perChannel: boolean };
  /** Share of examples that it has not seen and names wrongly. */
  readonly error: number;
  /** Examples that it has not seen. */
  readonly heldOut: { readonly x: Float32Array; readonly classes: Int32Array };
}

const EXAMPLES = 3_000;
const HELD_OUT = 1_000;
const EPOCHS = 8;
/** Images of larger sides are made smaller first. */
const LARGEST_SIDE = 16;
const MOST_KEPT = 4;

const judges = new Map<string, Judge>();

/** What a metric that asks the judge says of it. */
export const judgeError = {
  name: 'classifierError',
  label: 'Error of the classifier',
  short: 'Classifier error',
  unit: '%',
  better: 'lower',
} as const satisfies MetricResult;

/** The judge of a data set for tensors of these dims; undefined where its examples are of others. */
export function judgeOf(truth: ClassTruth, dims: readonly number[]): Judge | undefined {
  if (truth.dims.join() !== dims.join()) return undefined;
  const judge = judges.get(truth.key) ?? trainJudge(truth);
  judges.delete(truth.key);
  judges.set(truth.key, judge);
  if (judges.size > MOST_KEPT) judges.delete(judges.keys().next().value as string);
  return judge;
}

/** Samples and data before the judge of the data; undefined where they are of other dims, or the data has no classes. */
export function judgedOf({ inputs, truth }: { readonly inputs: ReadInputs; readonly truth?: Truth }) {
  const samples = defined(inputs.samples?.[0], 'samples');
  const data = defined(inputs.data?.[0], 'data');
  const dims = samples.dims.slice(1);
  const judge = truth?.classes && judgeOf(truth.classes, dims);
  if (!judge || !truth?.classes) return undefined;
  const { count } = truth.classes;
  return { judge, dims, count, made: finiteRows(samples.data, dims), real: finiteRows(data.data, dims) };
}

function trainJudge(truth: ClassTruth): Judge {
  return truth.perChannel ? combined(truth) : trainOne(truth);
}

/** Every channel before one judge of single channels. */
function combined({ key, count, dims, draw }: ClassTruth): Judge {
  const channels = dims.at(-1) as number;
  const base = Math.round(count ** (1 / channels));
  const one = trainOne({
    key,
    count: base,
    dims: [...dims.slice(0, -1), 1],
    draw(rows, stream) {
      const { x, labels } = draw(Math.ceil(rows / channels), stream);
      return { x: channelsApart(x, dims), labels };
    },
  });
  const together = (classes: Int32Array) =>
    Int32Array.from({ length: classes.length / channels }, (_, row) => {
      const own = classes.subarray(row * channels, (row + 1) * channels);
      return own.includes(-1) ? -1 : own.reduce((sum, value) => sum * base + value, 0);
    });
  const heldOut = draw(HELD_OUT, createStream('judge', key, 'together'));
  const classes = together(largestOf(heldOut.labels, base));
  const classify = (rows: Float32Array) => together(one.classify(channelsApart(rows, dims)));
  return {
    sees: { ...one.sees, perChannel: true },
    trained: one.trained,
    features: channels * one.features,
    classify,
    featuresOf: (rows) => one.featuresOf(channelsApart(rows, dims)),
    error: 1 - agreementOf(classify(heldOut.x), classes),
    heldOut: { x: heldOut.x, classes },
  };
}

/** Images of several channels as images of one, those of an image after each other. */
export function channelsApart(x: Float32Array, dims: readonly number[]): Float32Array {
  const channels = dims.at(-1) as number;
  const pixels = sizeOf(dims) / channels;
  const out = new Float32Array(x.length);
  x.forEach((value, i) => {
    const [row, inside] = [Math.floor(i / (pixels * channels)), i % (pixels * channels)];
    out[(row * channels + (inside % channels)) * pixels + Math.floor(inside / channels)] = value;
  });
  return out;
}

function trainOne({ key, count, dims, draw }: ClassTruth): Judge {
  const [height = 1, width = 1, channels = 1] = dims;
  const factor = dims.length === 3 ? Math.ceil(Math.max(height, width) / LARGEST_SIDE) : 1;
  const shrink = (x: Float32Array) => shrinkImages(x, [height, width, channels], factor);
  const drawn = (rows: number, purpose: string) => {
    const { x, labels } = draw(rows, createStream('judge', key, purpose));
    return { x, classes: largestOf(labels, count) };
  };
  const seen = drawn(EXAMPLES, 'train');
  const x = shrink(seen.x);
  const classifier = trainClassifier(
    { x, classes: seen.classes },
    x.length / seen.classes.length,
    count,
    EPOCHS,
    createStream('judge', key, 'weights'),
  );
  const heldOut = drawn(HELD_OUT, 'test');
  const classify = (rows: Float32Array) => classifier.classify(shrink(rows));
  return {
    sees: { factor, perChannel: false },
    trained: classifier.trained,
    features: classifier.features,
    classify,
    featuresOf: (rows) => classifier.featuresOf(shrink(rows)),
    error: 1 - agreementOf(classify(heldOut.x), heldOut.classes),
    heldOut,
  };
}

/** Rows of a tensor whose numbers are all finite. */
export function finiteRows(data: Float32Array, dims: readonly number[]): Float32Array {
  const size = sizeOf(dims);
  const kept = Array.from({ length: data.length / size }, (_, row) =>
    data.subarray(row * size, (row + 1) * size),
  ).filter((row) => row.every(Number.isFinite));
  const out = new Float32Array(kept.length * size);
  kept.forEach((row, i) => {
    out.set(row, i * size);
  });
  return out;
}
