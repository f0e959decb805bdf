import type { SampleMaker, SampleRequest } from '@/lib/compile/tf/make-samples';
import { refKey } from '@/lib/compile/tf/tasks';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { range } from '@/lib/util/range';

/** What a generator computes, kernel by kernel of TensorFlow.js, and on which numbers that no input changes. */
export interface Trace {
  readonly steps: readonly Step[];
  /** Inputs by the output of the source that gives them. */
  readonly inputs: ReadonlyMap<string, Traced>;
  readonly output: Traced;
  readonly constants: ReadonlyMap<number, Constant>;
  /** The first row of every output that depends on an input, in the order in which they arise. */
  readonly rows: ReadonlyMap<string, Float32Array>;
}

export interface Traced {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: string;
}

export interface Constant extends Traced {
  readonly values: Float32Array | Int32Array | Uint8Array;
}

export interface Step {
  readonly kernel: string;
  /** Where it is computed: `node.port`, or `call/node.port` of a layer. */
  readonly at: string;
  /** By the kernel's own names; of a list by their places. */
  readonly inputs: Readonly<Record<string, Traced>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Traced[];
}

type RunKernel = (name: string, inputs: Record<string, Tensor>, attrs?: Record<string, unknown>) => unknown;

/** Evaluates so many rows once and notes each kernel whose input depends on what sources give. */
export function traceSamples(
  tf: Tf,
  game: SampleMaker,
  request: Omit<SampleRequest, 'numbers'>,
  sources: readonly string[],
  rows: number,
): Trace {
  const engine = tf.engine() as unknown as { runKernel: RunKernel };
  const { runKernel } = engine;
  const steps: {
    kernel: string;
    at: string;
    inputs: Record<string, Traced>;
    attrs: object;
    outputs: Traced[];
  }[] = [];
  const inputs = new Map<string, Traced>();
  const constants = new Map<number, Constant>();
  const depends = new Set<number>();
  const values = new Map<string, Traced>();
  const rowsOf = new Map<string, Float32Array>();
  let named = 0;

  engine.runKernel = (kernel, given, attrs = {}) => {
    const result = runKernel.call(engine, kernel, given, attrs);
    const taken = Object.entries(given).filter(([, tensor]) => tensor !== undefined && tensor !== null);
    if (!taken.some(([, { id }]) => depends.has(id))) return result;
    for (const [, tensor] of taken)
      if (!depends.has(tensor.id) && !constants.has(tensor.id))
        constants.set(tensor.id, { ...tracedOf(tensor), values: tensor.dataSync().slice() as Float32Array });
    const outputs = (Array.isArray(result) ? result : [result]) as Tensor[];
    for (const { id } of outputs) depends.add(id);
    steps.push({
      kernel,
      at: '',
      inputs: Object.fromEntries(taken.map(([name, tensor]) => [name, tracedOf(tensor)])),
      attrs,
      outputs: outputs.map(tracedOf),
    });
    return result;
  };
  try {
    game.visitSamples({ ...request, numbers: range(rows) }, (key, tensor) => {
      if (sources.includes(key)) {
        depends.add(tensor.id);
        inputs.set(key, tracedOf(tensor));
      }
      values.set(key, tracedOf(tensor));
      if (depends.has(tensor.id) && (tensor.shape[0] ?? 0) > 0) {
        const numbers = tensor.dataSync();
        rowsOf.set(key, Float32Array.from(numbers.subarray(0, numbers.length / (tensor.shape[0] as number))));
      }
      for (; named < steps.length; named++) Object.assign(steps[named] as object, { at: key });
    });
  } finally {
    engine.runKernel = runKernel;
  }
  const output = values.get(refKey(request.of)) as Traced;
  return { steps: steps as unknown as readonly Step[], inputs, output, constants, rows: rowsOf };
}

const tracedOf = ({ id, shape, dtype }: Tensor): Traced => ({ id, shape: [...shape], dtype });
