import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan, Ref } from '@/lib/compile/plan';
import { createGame } from '@/lib/compile/tf/game';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { minimalGraph } from '@/lib/examples/minimal/minimal';
import type { NodeDefinition, TensorData } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';
import { readCall } from '@/lib/nodes/role-params';
import { generatedBy } from '@/lib/train/sample-set';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { range } from '@/lib/util/range';
import { onnxModel } from './to-onnx';

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
async function compare(plan: Plan, of: Ref): Promise<number> {
  const made = onnxModel(engine.tf, plan, { of });
  if (!made.ok) throw new Error(made.diagnostics[0]?.message);
  const game = createGame(engine.tf, plan);
  // Another number of rows than those that were traced.
  const { samples, read } = await game.makeSamples({ of, numbers: range(5) });
  game.dispose();
  const session = await runtime.InferenceSession.create(made.bytes);
  const keys = new Map(Object.entries(made.inputs).map(([key, input]) => [input, key]));
  const feeds = session.inputNames.map((input) => {
    const { data, dims }: TensorData = defined(read[defined(keys.get(input), input)], input);
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
  test.each(['dcgan-glyphs', 'ac-gan-glyphs', 'conditional-gan', 'flow', 'unrolled-gan'])(
    '%s',
    async (id) => {
      const plan = planOf(loadExample(id, { batchSize: 4 }));
      expect(await compare(plan, defined(generatedBy(plan)[0], 'fakes'))).toBeLessThan(1e-5);
    },
  );
});

/** Where a kind does its work in a network, the output of a call of that network. */
function outputOf(plan: Plan, kind: string): Ref | undefined {
  const network = plan.networks.find(({ nodes }) => nodes.some((node) => node.kind === kind));
  const call = plan.game.find(
    (node) => definitionOf(node.kind).role === 'call' && readCall(node.params).network === network?.id,
  );
  const [port] = Object.entries(call?.outputShapes ?? {}).find(([, { batch }]) => batch === 1) ?? [];
  return network && call && port !== undefined ? { node: call.id, port } : undefined;
}

const inNetworks = (registry as readonly NodeDefinition[]).filter(
  ({ role, place }) => (role === 'layer' || role === 'op') && place.includes('network'),
);

/** Kinds that are not written, and why: each is named by the export. */
const refused: Readonly<Record<string, string>> = {
  parameter: 'nothing that is drawn reaches the samples',
  'minibatch-discrimination': 'depends on the others of the batch',
  'minibatch-stddev': 'depends on the others of the batch',
};

describe('every kind of a network is written, or named', () => {
  test.each(inNetworks.map(({ kind }) => kind))('%s', async (kind) => {
    const plan = planOf(
      minimalGraph(
        defined(
          inNetworks.find((each) => each.kind === kind),
          kind,
        ),
      ),
    );
    const of = outputOf(plan, kind);
    if (!of) return;
    const why = refused[kind];
    if (why === undefined) expect(await compare(plan, of)).toBeLessThan(1e-5);
    else await expect(compare(plan, of)).rejects.toThrow(why);
  });
});
