import { type Duel, ruleContextOf, runningNodes } from '@/lib/check/advice/rule';
import type { Checked, CheckedNode } from '@/lib/check/checked';
import { addNode } from '@/lib/edit/add';
import { connect } from '@/lib/edit/connect';
import { replaceKind } from '@/lib/edit/replace-kind';
import { setParams, setSettings, setState } from '@/lib/edit/set';
import { insertOnWire } from '@/lib/edit/splice';
import { type Graph, joinEndpoint, splitEndpoint } from '@/lib/graph/schema';
import { readOptimizer } from '@/lib/nodes/role-params';
import type { DetectorId } from '@/lib/train/detectors/detector';
import type { Failure } from '@/lib/train/detectors/detectors';
import { assert } from '@/lib/util/assert';

/** One change of the graph that a failure calls for: one step of undo. */
export interface Cure {
  readonly label: string;
  change(graph: Graph): Graph;
}

interface Patient {
  readonly failure: Failure;
  readonly checked: Checked;
  readonly players: readonly CheckedNode[];
  readonly duel: Duel | undefined;
}

/** What to try, best first; what would not change the graph is left out. */
export function curesOf(failure: Failure, checked: Checked, graph: Graph): readonly Cure[] {
  const { players, duels } = ruleContextOf(checked);
  const duel = duels.find(({ loss }) => loss.node.id === failure.loss) ?? duels[0];
  const patient: Patient = { failure, checked, duel, players: players.map(({ node }) => node) };
  return cures[failure.detector](patient).flatMap((cure) => {
    return cure && cure.change(graph) !== graph ? [cure] : [];
  });
}

type Found = Cure | undefined;

const cures: Readonly<Record<DetectorId, (patient: Patient) => readonly Found[]>> = {
  'mode-collapse': (patient) => [
    evenSteps(patient),
    penalty(patient),
    comparison(patient),
    slower(patient, 0.1),
  ],
  'vanishing-gradient': (patient) => [nonSaturating(patient), slowDiscriminator(patient), penalty(patient)],
  saturation: (patient) => [slowDiscriminator(patient), penalty(patient), smoothLabels(patient)],
  oscillation: (patient) => [penalty(patient, STRONG), optimistic(patient), slower(patient, 0.1)],
  exploding: (patient) => [penalty(patient), clipWeights(patient), slower(patient, 0.1)],
  'dead-units': (patient) => [leaky(patient), slower(patient, 0.1)],
  'not-finite': (patient) => [gentler(patient), slower(patient, 0.01)],
  copying: (patient) => [moreData(patient), penalty(patient)],
  'few-examples': ({ failure, checked }) => [
    {
      label: 'Batches of 64',
      change: (graph) => setSettings(graph, { batchSize: Math.max(64, checked.graph.settings.batchSize) }),
    },
    { label: 'Layer norm in its place', change: (graph) => replaceKind(graph, failure.node, 'layer-norm') },
  ],
  'weak-judge': ({ failure }) => [
    { label: 'Mute this metric', change: (graph) => setState(graph, [failure.node], 'muted') },
  ],
};

const idOf = ({ node }: CheckedNode): string => node.id;

const setAll =
  (nodes: readonly CheckedNode[], params: (node: CheckedNode) => Record<string, unknown>) => (graph: Graph) =>
    nodes.reduce((changed, node) => setParams(changed, idOf(node), params(node)), graph);

/** A rate, or both ends of its ramp, by a factor. */
function scaled(rate: unknown, factor: number): unknown {
  const by = (value: unknown) =>
    typeof value === 'number' ? Number((value * factor).toPrecision(3)) : value;
  return typeof rate === 'object' && rate !== null && 'from' in rate && 'to' in rate
    ? { ...rate, from: by(rate.from), to: by(rate.to) }
    : by(rate);
}

const words: Readonly<Record<string, string>> = { 0.1: 'a tenth', 0.01: 'a hundredth' };

const slower = ({ players }: Patient, factor: number): Cure => ({
  label: `All rates ${words[factor]}`,
  change: setAll(players, ({ params }) => ({ learningRate: scaled(params.learningRate, factor) })),
});

const gentler = ({ players }: Patient): Found => ({
  label: 'All rates a hundredth, gradients clipped at norm 1',
  change: setAll(players, ({ params }) => ({ learningRate: scaled(params.learningRate, 0.01), clipNorm: 1 })),
});

/** One step of each player an iteration. */
function evenSteps({ duel, players }: Patient): Found {
  const makers = duel?.generatorPlayers.map(({ node }) => node) ?? [];
  const many = players.filter((node) => makers.includes(node) && readOptimizer(node.params).steps !== 1);
  if (many.length === 0) return undefined;
  return { label: 'One step of G for one of D', change: setAll(many, () => ({ steps: 1 })) };
}

/** D makes one step, at most as long as G's. */
function slowDiscriminator({ duel }: Patient): Found {
  const [judge, maker] = [duel?.discriminatorPlayers[0]?.node, duel?.generatorPlayers[0]?.node];
  if (!judge || !maker) return undefined;
  return {
    label: 'One step of D, of a tenth of its rate, and G as fast as D was',
    change: (graph) =>
      setParams(
        setParams(graph, idOf(judge), { learningRate: scaled(judge.params.learningRate, 0.1), steps: 1 }),
        idOf(maker),
        {
          learningRate: judge.params.learningRate,
        },
      ),
  };
}

function nonSaturating({ duel }: Patient): Found {
  if (!duel?.loss.definition?.traits?.saturating) return undefined;
  const loss = idOf(duel.loss);
  return {
    label: 'Use the non-saturating loss',
    change: (graph) => replaceKind(graph, loss, 'loss-non-saturating'),
  };
}

function smoothLabels({ duel }: Patient): Found {
  if (!duel || !('realTarget' in duel.loss.params)) return undefined;
  const loss = idOf(duel.loss);
  return { label: 'Real labels of 0.9', change: (graph) => setParams(graph, loss, { realTarget: 0.9 }) };
}

const optimistic = ({ players }: Patient): Found => ({
  label: 'Optimistic steps',
  change: setAll(players, () => ({ variant: 'optimistic' })),
});

function clipWeights({ duel }: Patient): Found {
  const judge = duel?.discriminatorPlayers[0]?.node;
  if (!judge || !duel?.loss.definition?.traits?.needsBoundedSlope) return undefined;
  return {
    label: 'Clip D’s weights to ± 0.01',
    change: (graph) => setParams(graph, idOf(judge), { clipWeights: 0.01 }),
  };
}

/** Every ReLU of the network. */
function leaky(patient: Patient): Found {
  const { failure, checked } = patient;
  const network = checked.nodes.get(failure.node)?.node.network;
  if (network === undefined) return undefined;
  const gates = [...runningNodes(checked, network)].filter(
    ({ definition }) => definition?.traits?.sparse && definition.traits.maps,
  );
  return {
    label: 'Leaky ReLUs, and all rates a tenth',
    change: (graph) =>
      slower(patient, 0.1).change(
        gates.reduce((next, node) => replaceKind(next, idOf(node), 'leaky-relu'), graph),
      ),
  };
}

function moreData({ checked }: Patient): Found {
  const limited = [...checked.nodes.values()].filter(
    ({ definition, params }) => definition?.role === 'source' && typeof params.count === 'number',
  );
  if (limited.length === 0) return undefined;
  return {
    label: 'A hundred times the data',
    change: setAll(limited, ({ params }) => ({ count: Math.min(1_000_000, 100 * Number(params.count)) })),
  };
}

/** How strongly D's slope is held: R1 with γ = 0.1 is w = γ / 2. Against turning round, as in Dirac-GAN, ten times. */
const WEIGHT = 0.05;
const STRONG = 0.5;

/** A penalty on D's slope, added to D's loss. At data and about 0 (R1), or of a critic between the sides about 1. */
function penalty({ duel, checked }: Patient, weight = WEIGHT): Found {
  const [judge, [network]] = [duel?.discriminatorPlayers[0], duel?.discriminators ?? []];
  const isHeld = [...(judge?.needed.keys() ?? [])].some(({ definition }) => definition?.traits?.boundsSlope);
  const [call] = duel?.loss.wiredFrom.get('real') ?? [];
  const scored = call && checked.nodes.get(call.id);
  const fed = [...(scored?.wiredFrom ?? [])].find(([, ends]) => ends.length > 0);
  const fake = duel?.loss.wiredFrom.get('fake')?.[0];
  if (!duel || !judge || network === undefined || isHeld || !call || !fed || !fake) return undefined;
  const [input, [data]] = fed;
  const [made] = checked.nodes.get(fake.id)?.wiredFrom.get(input) ?? [];
  if (!data || !made) return undefined;
  const isCritic = weight === WEIGHT && duel.loss.definition?.traits?.needsBoundedSlope === true;
  const kinds = isCritic ? { at: 'interpolated', target: 1, weight: 0.1 } : { at: 'real', target: 0, weight };
  return {
    label: isCritic ? 'Add a gradient penalty to D' : 'Add an R1 penalty to D',
    change(graph) {
      const wire = graph.wires.findIndex(([, to]) => to === joinEndpoint(idOf(judge.node), 'loss'));
      const sum = insertOnWire(graph, wire, 'weighted-sum', { terms: { game: 1, penalty: 1 } });
      const at = graph.nodes.find(({ id }) => id === idOf(duel.loss))?.at ?? [0, 0];
      const added = addNode(sum.graph, 'gradient-penalty', [at[0], at[1] + 140], {
        params: { network, input, output: call.port, ...kinds },
      });
      const [[sumId], [id]] = [sum.ids, added.ids];
      if (sumId === undefined || id === undefined) return graph;
      const wires: [string, string][] = [
        [joinEndpoint(data.id, data.port), `${id}.real`],
        ...(isCritic ? [[joinEndpoint(made.id, made.port), `${id}.fake`] as [string, string]] : []),
        [`${id}.out`, `${sumId}.penalty`],
      ];
      return wires.reduce((next, [from, to]) => connect(next, from, to), added.graph);
    },
  };
}

/** D sees how much examples differ, before its last layer with weights. */
function comparison({ duel, checked }: Patient): Found {
  const [network] = duel?.discriminators ?? [];
  if (network === undefined) return undefined;
  const layers = [...runningNodes(checked, network)];
  const last = layers.findLast(({ definition }) => definition?.role === 'layer');
  const isThere = layers.some(
    ({ definition }) => definition?.role === 'op' && definition.traits?.batchStatistics,
  );
  if (!last || isThere) return undefined;
  return {
    label: 'Let D compare the examples of a batch',
    change(graph) {
      const wire = graph.wires.findIndex(([, to]) => splitEndpoint(to).id === idOf(last));
      assert(wire >= 0, 'a layer that runs is wired');
      return insertOnWire(graph, wire, 'minibatch-stddev', { form: 'per-feature' }).graph;
    },
  };
}
