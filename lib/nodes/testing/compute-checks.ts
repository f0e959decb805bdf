import { formatDims, rowsOf, sameDims, sizeOf } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { type Inference, isProblem, type NodeDefinition, type Tensor } from '../define';
import { resolveParams } from '../params';
import { type Case, casesOf, computes, evaluate, ROWS, shapesOf, tensorsOf } from './cases';
import { checkGradients, gradientOf, headOf, TOLERANCE } from './gradient-check';
import { type Check, createTally } from './outcome';

/** Checks of what a kind computes, on the backend that tfjs is set to. */

/** Examples give the stated shapes. */
export const checkExamples: Check = (definition) => {
  const tally = createTally();
  if (!('infer' in definition)) return tally.outcome();
  tally.expect((definition.examples?.length ?? 0) > 0, `${definition.kind}: no examples`);
  for (const [index, example] of (definition.examples ?? []).entries()) {
    const params = definition.params.parse(example.params ?? {});
    const inferred: Inference = definition.infer(params, shapesOf(example));
    const at = `${definition.kind} ${index + 1}`;
    if (isProblem(inferred)) {
      tally.expect(false, `${at}: ${inferred.problem.message}`);
      continue;
    }
    const names = [...new Set([...Object.keys(inferred), ...Object.keys(example.outputs)])];
    tally.expect(
      names.every((name) => sameDims(inferred[name]?.dims ?? [-1], example.outputs[name] ?? [-2])),
      `${at}: gives ${names.map((name) => `${name} ${formatDims(inferred[name]?.dims ?? [])}`).join(', ')}`,
    );
  }
  return tally.outcome();
};

/** What is computed or drawn has the inferred shape and is finite. */
export const checkShapes: Check = (definition, tf) => {
  const tally = createTally();
  if (definition.role === 'source') return checkDraws(definition);
  if (!computes(definition)) return tally.outcome();
  for (const of of casesOf(definition))
    tf.tidy(() => {
      evaluate(tf, of, tensorsOf(tf, of)).forEach((tensor, i) => {
        const name = of.outputs[i] as string;
        const shape = of.shapes.outputs[name];
        const rows = rowsOf(shape?.batch ?? 1, ROWS);
        const isOne = definition.role === 'loss' && shape?.batch === 'one';
        const dims = isOne ? [] : [rows, ...(shape?.dims ?? [])];
        tally.expect(sameDims(tensor.shape, dims), `${of.id}: ${name} is ${formatDims(tensor.shape)}`);
        tally.expect(tensor.dataSync().every(Number.isFinite), `${of.id}: ${name} is not finite`);
      });
    });
  return tally.outcome();
};

function checkDraws(definition: Extract<NodeDefinition, { role: 'source' }>) {
  const tally = createTally();
  for (const [index, example] of (definition.examples ?? []).entries()) {
    const params = resolveParams(definition.params.parse(example.params ?? {}), 0);
    const drawn = definition.draw(params, {
      rows: ROWS,
      index: 0,
      stream: (purpose) => createStream(index, purpose),
      fixedStream: (purpose) => createStream(index, purpose),
    });
    for (const [port, dims] of Object.entries(example.outputs)) {
      const at = `${definition.kind} ${index + 1}: ${port}`;
      tally.expect(drawn[port]?.length === ROWS * sizeOf(dims), `${at} has ${drawn[port]?.length} numbers`);
      tally.expect(Boolean(drawn[port]?.every(Number.isFinite)), `${at} is not finite`);
    }
  }
  return tally.outcome();
}

/** Every weight gets a finite gradient that is not all zeros. */
export const checkWeights: Check = (definition, tf) => {
  const tally = createTally();
  if (definition.role !== 'layer') return tally.outcome();
  // What draws in training is off in eval mode, and its weights with it.
  const isOn = ({ mode }: Case) => mode === 'train' || !definition.random;
  for (const of of casesOf(definition).filter(isOn))
    tf.tidy(() => {
      const tensors = tensorsOf(tf, of);
      const places = of.feeds.flatMap(({ role }, i) => (role === 'weight' ? [i] : []));
      // Some layers only keep statistics.
      if (places.length === 0) return;
      const withWeights = (weights: readonly Tensor[]) =>
        tensors.map((tensor, i) => weights[places.indexOf(i)] ?? tensor);
      const weights = places.map((i) => tensors[i] as Tensor);
      const gradients = gradientOf(tf, (varied) => headOf(tf, of, withWeights(varied)), weights);
      gradients.forEach((gradient, k) => {
        const at = `${of.id}: the gradient of ${of.feeds[places[k] as number]?.name}`;
        const values = gradient.dataSync();
        tally.expect(values.every(Number.isFinite), `${at} is not finite`);
        tally.expect(
          values.some((value) => value !== 0),
          `${at} is all zeros`,
        );
      });
    });
  return tally.outcome();
};

/** Gradients of the orders that the kind promises agree with differences. */
export const checkDifferences: Check = (definition, tf) => {
  const tally = createTally();
  if (!computes(definition)) return tally.outcome();
  for (const of of casesOf(definition))
    for (const { order, of: name, error } of checkGradients(tf, of))
      tally.expect(
        error < TOLERANCE,
        `${of.id}: order ${order} in ${name} is off by ${(100 * error).toPrecision(2)} %`,
      );
  return tally.outcome();
};

/** Applying a kind inside a tidy leaves nothing but what came in. */
export const checkLeaks: Check = (definition, tf) => {
  const tally = createTally();
  if (!computes(definition)) return tally.outcome();
  for (const of of casesOf(definition)) {
    const before = tf.memory().numTensors;
    const tensors = tensorsOf(tf, of);
    tf.tidy(() => void evaluate(tf, of, tensors));
    tf.dispose(tensors);
    const left = tf.memory().numTensors - before;
    tally.expect(left === 0, `${of.id}: ${left} tensors are left`);
  }
  return tally.outcome();
};
