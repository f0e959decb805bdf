import type { NodeDefinition } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { row } from '../row';
import { demandOf, type Sketch, type SketchNode } from './sketch';

/** Where the frame begins, below the game. */
const FRAME_TOP = 260;
const STEP = 120;
const ROW = 70;

/**
 * The smallest game around a layer or an op: a network f of it and one dense layer learns to give a score that
 * is called real. What needs no network stands before it, in the game.
 */
export function layerGame(definition: NodeDefinition): Sketch {
  return definition.place.includes('network') ? inNetwork(definition) : beforeNetwork(definition);
}

function inNetwork(definition: NodeDefinition): Sketch {
  const { params, shapes, within } = demandOf(definition);
  const subject: SketchNode = {
    id: definition.kind,
    kind: definition.kind,
    network: 'f',
    at: [20 + STEP, 50],
    params,
  };
  const names = inputNames(shapes.map(({ port }) => port.name));
  const inputs = shapes.map(({ port, dims }, i) => {
    const name = defined(names[i], 'a name per input');
    return {
      source: sourceOf(name, port.name, dims, within, i),
      input: {
        id: `f-${name}`,
        kind: 'network-input',
        network: 'f',
        at: [20, 50 + ROW * i],
        params: { name },
      },
      wires: [
        [`${name}.out`, `f-call.${name}`],
        [`f-${name}.out`, `${definition.kind}.${port.name}`],
      ],
    } as const;
  });
  const tail: SketchNode[] = [
    { id: 'flat', kind: 'flatten', network: 'f', at: [20 + 2 * STEP, 50] },
    { id: 'score', kind: 'dense', network: 'f', at: [20 + 3 * STEP, 50], params: { units: 1 } },
    { id: 'f-out', kind: 'network-output', network: 'f', at: [20 + 4 * STEP, 50], params: { name: 'out' } },
  ];
  const output = defined(outputOf(definition, params), 'an output');
  return {
    networks: [frameOf(20 + 5 * STEP, 130 + ROW * Math.max(0, shapes.length - 1))],
    nodes: [
      ...inputs.map(({ source }) => source),
      ...playerNodes,
      ...inputs.map(({ input }) => input),
      subject,
      ...tail,
    ],
    wires: [
      ...inputs.flatMap(({ wires }) => wires),
      ...playerWires,
      [`${definition.kind}.${output}`, 'flat.in'],
      ['flat.out', 'score.in'],
      ['score.out', 'f-out.in'],
    ],
  };
}

/** Sources, and what reads no parameters or only f's: their first output is what f sees. */
function beforeNetwork(definition: NodeDefinition): Sketch {
  const { params: asked, shapes, within } = demandOf(definition);
  const looksInto = definition.role === 'op' && definition.applies;
  const params = looksInto ? { ...asked, network: 'f', input: 'x', output: 'out' } : asked;
  const { kind } = definition;
  const f = row('f', [['flatten'], ['dense', { units: 1 }]], ['x', 'out']);
  const sources = shapes.map(({ port, dims }, i) =>
    sourceOf(`${port.name}-${i}`, port.name, dims, within, i),
  );
  const x = sources.length > 0 ? 180 : 0;
  return {
    networks: [frameOf(f.width, 130)],
    nodes: [...sources, { id: kind, kind, at: [x, 20], params }, ...playerNodes, ...f.nodes],
    wires: [
      ...sources.map(({ id }, i) => [`${id}.out`, `${kind}.${shapes[i]?.port.name}`] as const),
      [`${kind}.${outputOf(definition, params)}`, 'f-call.x'],
      ...playerWires,
      ...f.wires,
    ],
  };
}

const frameOf = (width: number, height: number) =>
  ({ id: 'f', name: 'Network', color: 'violet', at: [0, FRAME_TOP], size: [width, height] }) as const;

/** The call of f, its loss and its player; and what f gives, to look at. */
const playerNodes: readonly SketchNode[] = [
  { id: 'f-call', kind: 'call', at: [360, 20], params: { network: 'f' } },
  { id: 'loss', kind: 'binary-cross-entropy', at: [520, 10] },
  { id: 'player', kind: 'adam', at: [720, 10], params: { learningRate: 0.002 } },
  { id: 'view', kind: 'view-values', at: [520, 90], size: [180, 140] },
];
const playerWires = [
  ['f-call.out', 'loss.in'],
  ['f-call.out', 'view.in'],
  ['loss.out', 'player.loss'],
  ['f.theta', 'player.theta'],
] as const;

/** Labels come as classes, other numbers from noise, within the range that the kind takes. */
function sourceOf(
  id: string,
  port: string,
  dims: readonly number[],
  within: readonly [number, number] | undefined,
  place: number,
): SketchNode {
  const at = [0, 20 + 60 * place] as const;
  if (port === 'labels' && dims.length === 1)
    return { id, kind: 'categorical-code', at, params: { classes: dims[0] } };
  const range = within && { distribution: 'uniform', low: within[0], high: within[1] };
  return { id, kind: 'latent', at, params: { shape: dims, ...range } };
}

/** `x` for one called `in`, numbers for several of a name. */
function inputNames(ports: readonly string[]): readonly string[] {
  const plain = ports.map((port) => (port === 'in' ? 'x' : port));
  return plain.map((name, i) =>
    plain.indexOf(name) === plain.lastIndexOf(name)
      ? name
      : `${name}${plain.slice(0, i + 1).filter((other) => other === name).length}`,
  );
}

const outputOf = (definition: NodeDefinition, params: object): string | undefined =>
  definition.outputs(definition.params.parse(params) as never, { network: () => undefined })[0]?.name;
