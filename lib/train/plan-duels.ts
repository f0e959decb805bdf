import type { Plan, PlanNode, Ref } from '@/lib/compile/plan';
import { definitionOf, gameTasks, refKey } from '@/lib/compile/tf/tasks';
import { readCall } from '@/lib/nodes/role-params';
import { sizeOf } from '@/lib/shapes/shape';
import { readsLogits } from './scores';

/** A loss that holds scores of data against scores of fakes, and who plays by it. */
export interface PlanDuel {
  readonly loss: string;
  /** What the loss reads. */
  readonly scores: Sides;
  /** What was scored, where it is one thing of one shape on both sides. */
  readonly samples?: Sides;
  readonly discriminator?: string;
  readonly discriminatorPlayer?: string;
  readonly generatorPlayer?: string;
  /** From where on a score says “real”; absent where scores say so only beside each other. */
  readonly boundary?: Boundary;
}

interface Sides {
  readonly real: Ref;
  readonly fake: Ref;
}

export interface Boundary {
  readonly at: number;
  /** Real data score below it. */
  readonly isReversed: boolean;
  /** Scores are shown as probabilities. */
  readonly isLogit: boolean;
}

/** In the order of the game. */
export const duelsOf = (plan: Plan): readonly PlanDuel[] =>
  plan.game.flatMap((node) => duelOf(plan, node) ?? []);

function duelOf(plan: Plan, node: PlanNode): PlanDuel | undefined {
  const definition = definitionOf(node.kind);
  const [real, fake] = [node.inputs.real?.[0], node.inputs.fake?.[0]];
  if (definition.role !== 'loss' || node.state === 'muted' || !real || !fake) return undefined;
  const areScores = [real, fake].every((ref) => sizeOf(shapeOf(plan, ref)) === 1);
  if (!areScores) return undefined;
  const samples = samplesOf(plan, { real, fake });
  const judge = callAt(plan, fake)?.network;
  const makers = samples ? networksBefore(plan, samples.fake).filter((network) => network !== judge) : [];
  const playerOf = (networks: readonly string[]) =>
    plan.players.find((player) => player.networks.some((network) => networks.includes(network)))?.id;
  const [discriminatorPlayer, generatorPlayer] = [playerOf(judge ? [judge] : []), playerOf(makers)];
  const boundary = boundaryOf(node);
  return {
    loss: node.id,
    scores: { real, fake },
    ...(samples && { samples }),
    ...(judge && { discriminator: judge }),
    ...(discriminatorPlayer && { discriminatorPlayer }),
    ...(generatorPlayer && { generatorPlayer }),
    ...(boundary && { boundary }),
  };
}

const shapeOf = (plan: Plan, { node, port }: Ref): readonly number[] =>
  plan.game.find(({ id }) => id === node)?.outputShapes[port]?.dims ?? [];

function callAt(plan: Plan, { node: id }: Ref) {
  const node = plan.game.find((each) => each.id === id);
  return node && definitionOf(node.kind).role === 'call'
    ? { inputs: node.inputs, network: readCall(node.params).network }
    : undefined;
}

/** The input of D that differs between its two calls. */
function samplesOf(plan: Plan, { real, fake }: Sides): Sides | undefined {
  const [a, b] = [callAt(plan, real), callAt(plan, fake)];
  if (!a || !b || a.network !== b.network) return undefined;
  return Object.keys(a.inputs).flatMap((input) => {
    const [x, y] = [a.inputs[input]?.[0], b.inputs[input]?.[0]];
    return x && y && refKey(x) !== refKey(y) ? [{ real: x, fake: y }] : [];
  })[0];
}

const networksBefore = (plan: Plan, ref: Ref): readonly string[] =>
  gameTasks(plan, [ref]).flatMap(({ node, definition }) =>
    definition.role === 'call' ? [readCall(node.params).network] : [],
  );

/** Between what the loss would have D say of either side. */
function boundaryOf(node: PlanNode): Boundary | undefined {
  const { kind, params, inputs } = node;
  const { traits, ...definition } = definitionOf(kind);
  const wanted = traits?.wants?.(params, 'd');
  const isRelative = definition
    .outputs(params as never, { network: () => undefined })
    .some(({ player, needs }) => player === 'generator' && (needs ?? Object.keys(inputs)).includes('real'));
  const { real, fake } = wanted ?? {};
  if (traits?.needsBoundedSlope || isRelative || real === undefined || fake === undefined) return undefined;
  const isLogit = readsLogits(node);
  return { at: isLogit ? 0 : (real + fake) / 2, isReversed: real < fake, isLogit };
}
