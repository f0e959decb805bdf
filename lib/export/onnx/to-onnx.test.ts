import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { defined } from '@/lib/util/assert';
import { modelledExamples, modelledKinds, writtenModel } from './testing/models';

/** As much of ONNX Runtime as is used. */
interface Runtime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => object;
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<{
      readonly inputNames: readonly string[];
      run(
        feeds: Record<string, object>,
      ): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>;
    }>;
  };
}

let engine: Engine;
let runtime: Runtime;
beforeAll(async () => {
  engine = await startBackend('cpu', { stockKernels: true });
  const name: string = 'onnxruntime-web';
  runtime = (await import(name)) as Runtime;
  runtime.env.wasm.numThreads = 1;
});
afterAll(() => engine.dispose());

/** What ONNX Runtime makes of what our sources drew, beside what we make of it: the largest difference. */
async function compare(model: ReturnType<typeof modelledKinds>[number]): Promise<number> {
  const { bytes, fed, samples } = await writtenModel(engine.tf, model);
  const session = await runtime.InferenceSession.create(bytes);
  const feeds = session.inputNames.map((input) => {
    const { data, dims } = defined(fed[input], input);
    return [input, new runtime.Tensor('float32', data, dims)] as const;
  });
  const { samples: theirs } = await session.run(Object.fromEntries(feeds));
  expect(theirs?.dims).toEqual(samples.dims);
  const scale = Math.max(1, ...samples.data.map(Math.abs));
  return (
    Math.max(...samples.data.map((value, i) => Math.abs(value - (theirs?.data[i] ?? Number.NaN)))) / scale
  );
}

describe('what the generators of the examples make is the same in ONNX Runtime', () => {
  test.each(modelledExamples())('$name', async (model) => {
    expect(await compare(model)).toBeLessThan(1e-5);
  });
});

describe('every kind of a network is written, or named', () => {
  test.each(modelledKinds())('$name', async (model) => {
    if (model.refused === undefined) expect(await compare(model)).toBeLessThan(1e-5);
    else await expect(compare(model)).rejects.toThrow(model.refused);
  });
});
