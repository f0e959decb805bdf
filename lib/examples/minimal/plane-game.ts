import { endsOf } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { paramMeta } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';
import { composeGame } from '../compose';
import { demandOf, type Sketch, type SketchNode } from './sketch';

/** A small GAN on the ring, without its metrics, that kinds of the game are put into. */
export function planeGame(): Sketch {
  const graph = composeGame({ data: 'ring', architecture: 'small', objective: 'loss-non-saturating' });
  const game: Sketch = graph;
  return without(game, (node) => findDefinition(node.kind)?.role === 'metric');
}

/** Nodes that are to go, with their wires. */
export function without(game: Sketch, isGone: (node: SketchNode) => boolean): Sketch {
  const gone = new Set(game.nodes.filter(isGone).map(({ id }) => id));
  const isLeft = (end: string) => !gone.has(end.slice(0, end.indexOf('.')));
  return {
    ...game,
    nodes: game.nodes.filter(({ id }) => !gone.has(id)),
    wires: game.wires.filter((wire) => endsOf(wire).every(isLeft)),
  };
}

export const more = (game: Sketch, nodes: readonly SketchNode[], wires: Sketch['wires']): Sketch => ({
  ...game,
  nodes: [...game.nodes, ...nodes],
  wires: [...game.wires, ...wires],
});

/** Another kind for some nodes, which keep their places and wires. */
export const recast = (game: Sketch, ids: readonly string[], kind: string, params: object = {}): Sketch => ({
  ...game,
  nodes: game.nodes.map((node) =>
    ids.includes(node.id) ? { id: node.id, kind, at: node.at, params: { ...params } } : node,
  ),
});

/** Where the game's points, labels and scores are, by the names that kinds give their inputs. */
const places: Readonly<Record<string, string>> = {
  real: 'data.x',
  data: 'data.x',
  a: 'data.x',
  in: 'data.x',
  features: 'data.x',
  target: 'data.x',
  fake: 'fake.x',
  samples: 'fake.x',
  out: 'fake.x',
  b: 'fake.x',
  score: 'd-fake.score',
  labels: 'data.labels',
  code: 'data.labels',
};

/** A view or a metric, shown points and scores; one that compares labels is shown what a classifier says. */
export function shownGame(definition: NodeDefinition): Sketch {
  const { kind } = definition;
  const ports = definition.inputs(definition.params.parse({}) as never, { network: () => undefined });
  const isView = definition.role === 'view';
  // Points have no captions.
  const shown = ports.filter(({ name }) => !(isView && name === 'labels'));
  const names = shown.flatMap(({ name, many }) => (many ? [name, name] : [name]));
  const guessed = names.find((name) => name === 'recovered' || (name === 'in' && names.includes('labels')));
  const base = isView ? without(planeGame(), ({ id }) => id === 'samples') : planeGame();
  const game = guessed === undefined ? base : withClassifier(base);
  const params = referencesIn(definition, game);
  const second = Object.values(params).includes('other') ? [otherData] : [];
  const subject: SketchNode = {
    id: kind,
    kind,
    at: isView ? [380, 240] : [620, 240],
    params,
    ...(isView && { size: [190, 190] as const }),
  };
  const wires = names.map((name, i) => {
    const place = name === guessed ? 'c-call.out' : (places[name] ?? 'data.x');
    // Of several wires into one port the second carries fakes.
    return [names.indexOf(name) < i ? 'fake.x' : place, `${kind}.${name}`] as const;
  });
  return more(game, [...second, subject], wires);
}

const otherData: SketchNode = {
  id: 'other',
  kind: 'dataset',
  at: [0, 220],
  params: { source: 'two-gaussians' },
};

/** Parameters that name things, set to the game's; of two data sets the second is another one. */
export function referencesIn(definition: NodeDefinition, game: Sketch): Record<string, unknown> {
  const wanted = demandOf(definition).params;
  const network = game.networks.find(({ id }) => id === wanted.network)?.id ?? 'D';
  const ports = network === 'G' ? { input: 'z', output: 'x' } : { input: 'x', output: 'score' };
  let sources = 0;
  const named = Object.entries(definition.params.shape).flatMap(([name, schema]): [string, string][] => {
    const { reference } = paramMeta(schema as never);
    if (!reference) return [];
    if (reference.to === 'network') return [[name, network]];
    if (reference.to === 'node') return [[name, sources++ === 0 ? 'data' : 'other']];
    return [[name, ports[reference.to]]];
  });
  return Object.fromEntries(named);
}

/** C, which learns the modes of the ring from its labels. */
function withClassifier(game: Sketch): Sketch {
  const classifier: readonly SketchNode[] = [
    { id: 'c-call', kind: 'call', at: [380, -130], params: { network: 'C' } },
    { id: 'c-loss', kind: 'cross-entropy', at: [560, -140] },
    { id: 'c-adam', kind: 'adam', at: [760, -130], params: { learningRate: 0.005 } },
    { id: 'c-in', kind: 'network-input', network: 'C', at: [20, 50] },
    { id: 'c-hidden', kind: 'dense', network: 'C', at: [140, 50], params: { units: 32 } },
    { id: 'c-act', kind: 'relu', network: 'C', at: [260, 50] },
    { id: 'c-scores', kind: 'dense', network: 'C', at: [380, 50], params: { units: 8 } },
    { id: 'c-out', kind: 'network-output', network: 'C', at: [500, 50] },
  ];
  const below = Math.max(...game.networks.map(({ at, size }) => at[1] + size[1])) + 20;
  const framed: Sketch = {
    ...game,
    networks: [
      ...game.networks,
      { id: 'C', name: 'Classifier', color: 'teal', at: [0, below], size: [620, 130] },
    ],
  };
  return more(framed, classifier, [
    ['data.x', 'c-call.x'],
    ['c-call.out', 'c-loss.in'],
    ['data.labels', 'c-loss.labels'],
    ['c-loss.out', 'c-adam.loss'],
    ['C.theta', 'c-adam.theta'],
    ['c-in.out', 'c-hidden.in'],
    ['c-hidden.out', 'c-act.in'],
    ['c-act.out', 'c-scores.in'],
    ['c-scores.out', 'c-out.in'],
  ]);
}
