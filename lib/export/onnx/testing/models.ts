import type { Plan, Ref } from '@/lib/compile/plan';
import { createGame } from '@/lib/compile/tf/game';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { minimalGraph } from '@/lib/examples/minimal/minimal';
import type { NodeDefinition, TensorData, Tf } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';
import { readCall } from '@/lib/nodes/role-params';
import { generatedBy } from '@/lib/train/sample-set';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { range } from '@/lib/util/range';
import { onnxModel } from '../to-onnx';

/** Generators whose models are compared with what we make ourselves. */
interface Modelled {
  readonly name: string;
  readonly plan: Plan;
  readonly of: Ref;
  /** Why it is not written. */
  readonly refused?: string;
}

export const modelledExamples = (): readonly Modelled[] =>
  ['dcgan-glyphs', 'ac-gan-glyphs', 'conditional-gan', 'flow', 'unrolled-gan'].map((name) => {
    const plan = planOf(loadExample(name, { batchSize: 4 }));
    return { name, plan, of: defined(generatedBy(plan)[0], 'fakes') };
  });

/** Kinds that are not written, and why: each is named by the export. */
const refused: Readonly<Record<string, string>> = {
  parameter: 'nothing that is drawn reaches the samples',
  'minibatch-discrimination': 'depends on the others of the batch',
  'minibatch-stddev': 'depends on the others of the batch',
};

/** Of every kind that may stand in a network, a small game. */
export const modelledKinds = (): readonly Modelled[] =>
  (registry as readonly NodeDefinition[])
    .filter(({ role, place }) => (role === 'layer' || role === 'op') && place.includes('network'))
    .flatMap((definition) => {
      const { kind } = definition;
      const plan = planOf(minimalGraph(definition));
      const of = outputOf(plan, kind);
      const why = refused[kind];
      return of ? [{ name: kind, plan, of, ...(why !== undefined && { refused: why }) }] : [];
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

interface Written {
  readonly bytes: Uint8Array;
  /** What our sources drew, by name of the model's input. */
  readonly fed: Readonly<Record<string, TensorData>>;
  /** What we make of it. */
  readonly samples: TensorData;
}

/** The model, and five samples: another number of rows than those that were traced. */
export async function writtenModel(tf: Tf, { plan, of }: Modelled): Promise<Written> {
  const made = onnxModel(tf, plan, { of });
  if (!made.ok) throw new Error(made.diagnostics[0]?.message);
  const game = createGame(tf, plan);
  const { samples, read } = await game.makeSamples({ of, numbers: range(5) });
  game.dispose();
  const fed = Object.fromEntries(
    Object.entries(made.inputs).map(([key, input]) => [input, defined(read[key], input)]),
  );
  return { bytes: made.bytes, fed, samples };
}
