import type { LossDefinition, NodeDefinition } from '@/lib/nodes/define';
import { LOG_DET } from '@/lib/nodes/network/call';
import { defined } from '@/lib/util/assert';
import { row } from '../row';
import { more, planeGame, recast, referencesIn, without } from './plane-game';
import { type Demand, demandOf, type Sketch, type SketchNode } from './sketch';

/** Classes of the ring's labels. */
const CLASSES = 8;

/** A game in which a loss is played: in the place of the GAN's own, beside it, or by one network alone. */
export function lossGame(definition: LossDefinition & NodeDefinition): Sketch {
  const demand = demandOf(definition);
  const names = demand.shapes.map(({ port }) => port.name);
  const outputs = definition.outputs(definition.params.parse(demand.params) as never, {
    network: () => undefined,
  });
  if (outputs.some(({ player }) => player)) return inPlaceOfLoss(definition, names);
  const isSlope = definition.slope !== undefined;
  if (isSlope || definition.applies || (names.includes('real') && names.includes('fake')))
    return besideLoss(definition, isSlope);
  if (names.includes(LOG_DET)) return flowGame(definition);
  if (demand.shapes.every(({ port }) => port.type === 'scalar')) return sumGame(definition, names);
  return alone(definition, demand);
}

function inPlaceOfLoss({ kind, traits }: NodeDefinition, names: readonly string[]): Sketch {
  const game = recast(planeGame(), ['loss'], kind);
  if (traits?.needsBoundedSlope)
    return recast(game, ['adam-d'], 'rmsprop', { learningRate: 5e-4, clipWeights: 0.1, steps: 5 });
  if (!names.includes('labels')) return game;
  // D gives a score per class; the surface shows one number.
  const classes = without(game, ({ id }) => id === 'samples');
  const last = classes.wires.find(([, to]) => to === 'd-out.in')?.[0].split('.')[0];
  return more(
    {
      ...classes,
      nodes: classes.nodes.map((node) =>
        node.id === last ? { ...node, params: { ...node.params, units: CLASSES } } : node,
      ),
    },
    [{ id: 'samples', kind: 'view-samples', at: [380, 240], size: [190, 190] }],
    [
      ['d-real.score', 'loss.labelled'],
      ['data.labels', 'loss.labels'],
      ['data.x', 'samples.real'],
      ['fake.x', 'samples.fake'],
    ],
  );
}

/** Added to the cost of D where it looks into D, to that of G where it compares or looks into G. */
function besideLoss(definition: LossDefinition, isSlope: boolean): Sketch {
  const { kind, slope, applies } = definition;
  const game = planeGame();
  const params = referencesIn(definition, game);
  const player = isSlope || (applies && params.network === 'D') ? 'd' : 'g';
  const points: Readonly<Record<string, string>> = applies
    ? { real: 'data.x', fake: 'fake.x', at: 'z.out' }
    : {
        real: 'd-real.score',
        fake: 'd-fake.score',
        ...(slope && { [slope.of]: 'd-real.score', [slope.at]: 'data.x' }),
      };
  const adam = `adam-${player}.loss`;
  const place = player === 'd' ? 110 : -130;
  const subject: SketchNode = { id: kind, kind, at: [560, place + 30], params };
  const ports = definition.inputs(definition.params.parse(params), { network: () => undefined });
  const mean: readonly SketchNode[] = isSlope ? [{ id: 'mean', kind: 'mean', at: [740, place + 100] }] : [];
  const moved: Sketch = {
    ...game,
    nodes: game.nodes.map((node) =>
      node.id.startsWith('adam-') ? { ...node, at: [960, node.at[1]] as const } : node,
    ),
    wires: game.wires.filter(([, to]) => to !== adam),
  };
  return more(
    moved,
    [
      subject,
      ...mean,
      { id: 'sum', kind: 'weighted-sum', at: [760, place], params: { terms: { game: 1, more: 0.1 } } },
    ],
    [
      ...ports.flatMap(({ name }) => (points[name] ? [[points[name], `${kind}.${name}`] as const] : [])),
      ...(isSlope ? ([[`${kind}.out`, 'mean.in']] as const) : []),
      [`loss.${player}`, 'sum.game'],
      [isSlope ? 'mean.out' : `${kind}.out`, 'sum.more'],
      ['sum.out', adam],
    ],
  );
}

/** One network f that learns from points of the ring by this loss alone: an output for each thing it compares. */
function alone(definition: NodeDefinition, { shapes, params, within }: Demand): Sketch {
  const { kind } = definition;
  const names = shapes.map(({ port }) => port.name);
  const isGiven = (name: string) => name === 'a' || (name === 'in' && names.includes('mean'));
  const hasGiven = names.some(isGiven);
  const made = shapes.filter(({ port }) => !isGiven(port.name) && port.name !== 'labels');
  const heads = made.flatMap(({ port, dims }, i): { nodes: SketchNode[]; wires: [string, string][] }[] => {
    const size = hasGiven ? [2] : names.includes('labels') ? [CLASSES] : dims;
    const y = 50 + 70 * i;
    const units = size.reduce((product, dim) => product * dim, 1);
    const last = within ? 'sigmoid' : 'reshape';
    return [
      {
        nodes: [
          { id: `f-${port.name}-dense`, kind: 'dense', network: 'f', at: [380, y], params: { units } },
          {
            id: `f-${port.name}-shape`,
            kind: last,
            network: 'f',
            at: [500, y],
            params: last === 'reshape' ? { shape: size } : {},
          },
          {
            id: `f-out-${port.name}`,
            kind: 'network-output',
            network: 'f',
            at: [620, y],
            params: { name: port.name },
          },
        ],
        wires: [
          ['f-act.out', `f-${port.name}-dense.in`],
          [`f-${port.name}-dense.out`, `f-${port.name}-shape.in`],
          [`f-${port.name}-shape.out`, `f-out-${port.name}.in`],
          [`f-call.${port.name}`, `${kind}.${port.name}`],
        ],
      },
    ];
  });
  return played(definition, {
    networks: [frame(730, 130 + 70 * Math.max(0, made.length - 1))],
    nodes: [
      { id: 'f-in', kind: 'network-input', network: 'f', at: [20, 50] },
      { id: 'f-dense', kind: 'dense', network: 'f', at: [140, 50], params: { units: 32 } },
      { id: 'f-act', kind: 'relu', network: 'f', at: [260, 50] },
      ...heads.flatMap(({ nodes }) => nodes),
      { id: kind, kind, at: [400, 0], params },
    ],
    wires: [
      ['f-in.out', 'f-dense.in'],
      ['f-dense.out', 'f-act.in'],
      ...heads.flatMap(({ wires }) => wires),
      ...names.filter(isGiven).map((name) => ['data.x', `${kind}.${name}`] as const),
      ...(names.includes('labels') ? ([['data.labels', `${kind}.labels`]] as const) : []),
    ],
  });
}

/** An invertible network that turns the ring into noise. */
function flowGame(definition: NodeDefinition): Sketch {
  const { kind } = definition;
  const masks = ['first', 'second', 'first', 'second'];
  const flow = row(
    'f',
    masks.map((mask) => ['coupling', { mask }] as const),
    ['x', 'z'],
  );
  return played(definition, {
    networks: [frame(flow.width, 130)],
    nodes: [...flow.nodes, { id: kind, kind, at: [400, 0] }],
    wires: [...flow.wires, ['f-call.z', `${kind}.z`], [`f-call.${LOG_DET}`, `${kind}.${LOG_DET}`]],
  });
}

/** Two ways to compare what f gives with what it got, added. */
function sumGame(definition: NodeDefinition, names: readonly string[]): Sketch {
  const { kind } = definition;
  const f = row('f', [['dense', { units: 32 }], ['relu'], ['dense', { units: 2 }]], ['x', 'out']);
  const terms = names.map((name, i) => ({ id: `term-${name}`, kind: i % 2 ? 'l1' : 'mean-squared-error' }));
  return played(definition, {
    networks: [frame(f.width, 130)],
    nodes: [
      ...f.nodes,
      ...terms.map((term, i): SketchNode => ({ ...term, at: [380, -60 + 100 * i] })),
      { id: kind, kind, at: [580, 0] },
    ],
    wires: [
      ...f.wires,
      ...terms.flatMap(({ id }, i) => [
        ['data.x', `${id}.a`] as const,
        ['f-call.out', `${id}.b`] as const,
        [`${id}.out`, `${kind}.${names[i]}`] as const,
      ]),
    ],
  });
}

const frame = (width: number, height: number) =>
  ({ id: 'f', name: 'Network', color: 'violet', at: [0, 260], size: [width, height] }) as const;

/** With the data, the call of f and a player; a loss that is to be made large is given a negative weight. */
function played(definition: NodeDefinition, game: Sketch): Sketch {
  const { kind, traits } = definition;
  const subject = defined(
    game.nodes.find(({ id }) => id === kind),
    'the loss',
  );
  const right = subject.at[0] + 200;
  const negated: readonly SketchNode[] = traits?.isGain
    ? [{ id: 'negative', kind: 'weighted-sum', at: [right, 0], params: { terms: { gain: -1 } } }]
    : [];
  const common: readonly SketchNode[] = [
    { id: 'data', kind: 'dataset', at: [0, 0], params: { source: 'ring' } },
    { id: 'f-call', kind: 'call', at: [200, 0], params: { network: 'f' } },
    ...negated,
    { id: 'player', kind: 'adam', at: [right + 200 * negated.length, 0], params: { learningRate: 0.002 } },
  ];
  return {
    networks: game.networks,
    nodes: [...common, ...game.nodes],
    wires: [
      ['data.x', 'f-call.x'],
      ...game.wires,
      ...(negated.length > 0 ? ([[`${kind}.out`, 'negative.gain']] as const) : []),
      [negated.length > 0 ? 'negative.out' : `${kind}.out`, 'player.loss'],
      ['f.theta', 'player.theta'],
    ],
  };
}
