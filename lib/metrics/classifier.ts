import { permutation, type Stream } from '@/lib/util/random';

/**
 * A small classifier for measuring samples: one hidden layer of rectified units between standardised inputs
 * and class scores, trained by Adam on labelled examples. Its hidden units are the features in which samples
 * and data are compared. Plain arrays, so that a metric needs no backend; the same stream gives the same net.
 */
export interface Classifier {
  readonly features: number;
  /** Class by row; -1 where a number is not finite. */
  classify(rows: Float32Array): Int32Array;
  /** Hidden units, rows × features. */
  featuresOf(rows: Float32Array): Float32Array;
  readonly trained: TrainedNet;
}

/** All that a trained classifier is. */
interface TrainedNet {
  /** Taken off each number, before all are multiplied by `scale`. */
  readonly mean: Float64Array;
  readonly scale: number;
  /** Weights of the hidden units and of the scores: a row for each, its bias at the end. */
  readonly hidden: Float32Array;
  readonly scores: Float32Array;
}

interface Labelled {
  readonly x: Float32Array;
  readonly classes: Int32Array;
}

const HIDDEN = 64;
const BATCH = 32;
const RATE = 3e-3;

export function trainClassifier(
  { x, classes }: Labelled,
  size: number,
  count: number,
  epochs: number,
  stream: Stream,
): Classifier {
  const rows = classes.length;
  const standard = standardise(x, size);
  const first = layer(size, HIDDEN, stream);
  const second = layer(HIDDEN, count, stream);
  const input = new Float32Array(size);
  const hidden = new Float32Array(HIDDEN);
  const scores = new Float32Array(count);
  const forward = (from: Float32Array, row: number) => {
    for (let i = 0; i < size; i++)
      input[i] =
        ((from[row * size + i] as number) - (standard.mean[i] as number)) * (standard.scale as number);
    apply(first, input, hidden);
    for (let j = 0; j < HIDDEN; j++) hidden[j] = Math.max(0, hidden[j] as number);
    apply(second, hidden, scores);
  };
  const slope = new Float32Array(HIDDEN);
  const steps = epochs * Math.floor(rows / BATCH);
  for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
    const order = permutation(rows, stream);
    for (let start = 0; start + BATCH <= rows; start += BATCH) {
      for (const row of order.subarray(start, start + BATCH)) {
        forward(x, row);
        softmaxLess(scores, classes[row] as number);
        slope.fill(0);
        gather(second, hidden, scores, slope);
        for (let j = 0; j < HIDDEN; j++) if ((hidden[j] as number) <= 0) slope[j] = 0;
        gather(first, input, slope);
      }
      step++;
      // The rate falls to nothing, so that the last batches do not shake the net.
      for (const each of [first, second]) adam(each, RATE * (1 - (step - 1) / steps), step);
    }
  }
  return {
    features: HIDDEN,
    trained: { ...standard, hidden: first.w, scores: second.w },
    classify: (from) =>
      Int32Array.from({ length: from.length / size }, (_, row) => {
        forward(from, row);
        let best = 0;
        for (let k = 1; k < count; k++) if ((scores[k] as number) > (scores[best] as number)) best = k;
        return Number.isFinite(scores[best] as number) ? best : -1;
      }),
    featuresOf(from) {
      const out = new Float32Array((from.length / size) * HIDDEN);
      for (let row = 0; row < from.length / size; row++) {
        forward(from, row);
        out.set(hidden, row * HIDDEN);
      }
      return out;
    },
  };
}

/** Mean of each number, and one scale for all, so that paper that never changes is not blown up. */
function standardise(x: Float32Array, size: number) {
  const mean = new Float64Array(size);
  const rows = x.length / size;
  x.forEach((value, i) => {
    mean[i % size] = (mean[i % size] as number) + value / rows;
  });
  let squares = 0;
  x.forEach((value, i) => {
    squares += (value - (mean[i % size] as number)) ** 2 / x.length;
  });
  return { mean, scale: squares > 0 ? 1 / Math.sqrt(squares) : 1 };
}

/** Weights row by row of outputs, a bias at each row's end; gradients and moments beside them. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly w: Float32Array;
  readonly gradient: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

function layer(inputs: number, outputs: number, stream: Stream): Layer {
  const length = (inputs + 1) * outputs;
  const w = new Float32Array(length);
  for (let k = 0; k < length; k++)
    w[k] = k % (inputs + 1) === inputs ? 0 : Math.sqrt(2 / inputs) * stream.normal();
  const zeros = () => new Float32Array(length);
  return { inputs, outputs, w, gradient: zeros(), m: zeros(), v: zeros() };
}

/** out = W x + b */
function apply({ inputs, outputs, w }: Layer, x: Float32Array, out: Float32Array): void {
  for (let j = 0; j < outputs; j++) {
    const at = j * (inputs + 1);
    let sum = w[at + inputs] as number;
    for (let i = 0; i < inputs; i++) sum += (w[at + i] as number) * (x[i] as number);
    out[j] = sum;
  }
}

/** Adds dy ⊗ x to the gradient, and Wᵀ dy to `dx` where it is asked for. */
function gather(
  { inputs, outputs, w, gradient }: Layer,
  x: Float32Array,
  dy: Float32Array,
  dx?: Float32Array,
) {
  for (let j = 0; j < outputs; j++) {
    const d = dy[j] as number;
    if (d === 0) continue;
    const at = j * (inputs + 1);
    for (let i = 0; i < inputs; i++) gradient[at + i] = (gradient[at + i] as number) + d * (x[i] as number);
    gradient[at + inputs] = (gradient[at + inputs] as number) + d;
    if (dx) for (let i = 0; i < inputs; i++) dx[i] = (dx[i] as number) + d * (w[at + i] as number);
  }
}

/** The gradient of cross-entropy in its scores: softmax less the label. */
function softmaxLess(scores: Float32Array, label: number): void {
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp((scores[k] as number) - most);
    sum += scores[k] as number;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / sum - (k === label ? 1 : 0);
}

/** One step of Adam (0.9, 0.999) on the gathered gradient, which is cleared. */
function adam({ w, gradient, m, v }: Layer, rate: number, step: number): void {
  const size = (rate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
  for (let k = 0; k < w.length; k++) {
    const g = (gradient[k] as number) / BATCH;
    m[k] = 0.9 * (m[k] as number) + 0.1 * g;
    v[k] = 0.999 * (v[k] as number) + 0.001 * g * g;
    w[k] = (w[k] as number) - (size * (m[k] as number)) / (Math.sqrt(v[k] as number) + 1e-8);
    gradient[k] = 0;
  }
}
