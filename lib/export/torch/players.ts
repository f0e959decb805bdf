import type { Plan, PlanNetwork, PlanPlayer } from '@/lib/compile/plan';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import { isRamp, resolveParams } from '@/lib/nodes/params';
import { readOptimizer } from '@/lib/nodes/role-params';
import { defined } from '@/lib/util/assert';
import { writeEvaluation } from './evaluation';
import { scheduledExpression, torchOf, Unexportable } from './expressions';
import { type Names, nameOf } from './names';
import { hasStatistics, isObserved, isPrepared } from './networks';
import type { PlayerFeatures } from './runtime/player';

const isOptimistic = ({ params }: PlanPlayer) => readOptimizer(params).variant === 'optimistic';
const unrollOf = ({ opponent, params }: PlanPlayer): number => (opponent ? readOptimizer(params).unroll : 0);

const isCounted = ({ game }: Plan): boolean =>
  game.some((node) => definitionOf(node.kind).role === 'loss' && torchOf(node).counts?.(node.params));

/** What the game asks of its players. */
export const featuresOf = (plan: Plan): PlayerFeatures => {
  const { players, settings } = plan;
  return {
    clipNorm: players.some(({ params }) => readOptimizer(params).clipNorm !== null),
    clipWeights: players.some(({ params }) => readOptimizer(params).clipWeights !== null),
    beta2: players.some(({ params }) => isRamp(params.beta2)),
    optimistic: players.some(isOptimistic),
    returns: settings.update === 'extragradient',
    unroll: players.some((player) => unrollOf(player) > 0),
    counts: isCounted(plan),
    notes: isObserved(plan),
  };
};

/** `adam_d = Player([D], lambda parameters: torch.optim.Adam(...), lambda: 0.001)` */
export function writePlayer(player: PlanPlayer, names: Names): string {
  const definition = definitionOf(player.kind);
  if (definition.role !== 'optimizer') throw new Unexportable(player.id, `${player.kind} moves no weights.`);
  const { learningRate, clipNorm, clipWeights } = readOptimizer(player.params);
  const { beta2 } = player.params;
  const made = definition.torch(resolveParams(player.params, 0));
  const options = [
    ...(isRamp(beta2) ? [`beta2=lambda: ${scheduledExpression(`${player.id}.beta2`, beta2)}`] : []),
    ...(clipNorm !== null
      ? [`clip_norm=lambda: ${scheduledExpression(`${player.id}.clipNorm`, clipNorm)}`]
      : []),
    ...(clipWeights !== null
      ? [`clip_weights=lambda: ${scheduledExpression(`${player.id}.clipWeights`, clipWeights)}`]
      : []),
    ...(isOptimistic(player) ? ['optimistic=True'] : []),
  ];
  const networks = player.networks.map((id) => nameOf(names.networks, id)).join(', ');
  const rate = scheduledExpression(`${player.id}.learningRate`, learningRate);
  return `${nameOf(names.players, player.id)} = Player(
    [${networks}],
    lambda parameters: ${made},
    learning_rate=lambda: ${rate},
${options.map((option) => `    ${option},\n`).join('')})`;
}

/** What a player minimises, as a function of the batch. */
export function writeLoss(plan: Plan, player: PlanPlayer, names: Names): string {
  const { lines, values } = writeEvaluation(plan, names, [player.loss]);
  const body = [...lines, `return ${defined(values.get(refKey(player.loss)), refKey(player.loss))}`];
  return `def loss_${nameOf(names.players, player.id)}(batch):
${body.map((line) => `    ${line}`).join('\n')}`;
}

const movedBy = (plan: Plan, players: readonly PlanPlayer[]): PlanNetwork[] => {
  const moved = players.filter(({ frozen }) => !frozen).flatMap(({ networks }) => networks);
  return plan.networks.filter(({ id }) => moved.includes(id));
};

const callOn = (name: string, networks: readonly PlanNetwork[], names: Names): string =>
  `${name}(${networks.map(({ id }) => nameOf(names.networks, id)).join(', ')})`;

/** What begins an update of these players. */
function prepareLines(plan: Plan, players: readonly PlanPlayer[], names: Names): string[] {
  const prepared = movedBy(plan, players).filter(isPrepared);
  const made = players.map(({ id }) => `${nameOf(names.players, id)}.made`);
  return [
    ...(isCounted(plan) ? [`clock.made = ${made.length > 1 ? `max(${made.join(', ')})` : made[0]}`] : []),
    ...(prepared.length > 0 ? [callOn('prepare', prepared, names)] : []),
  ];
}

/** What ends it: statistics and the game's buffers, then averages of the networks that have moved. */
function settleLines(plan: Plan, players: readonly PlanPlayer[], names: Names): string[] {
  const moved = movedBy(plan, players);
  return [
    ...(isObserved(plan) ? [callOn('advance', moved.filter(hasStatistics), names)] : []),
    ...moved.flatMap(({ id, ema }) =>
      ema === undefined
        ? []
        : `follow(${nameOf(names.averages, id)}, ${nameOf(names.networks, id)}, ${scheduledExpression(`${id}.ema`, ema)})`,
    ),
  ];
}

const thetaOf = (player: PlanPlayer, names: Names): string =>
  player.networks.map((id) => nameOf(names.networks, id)).join(', ');

function lookAheadOf(plan: Plan, player: PlanPlayer, names: Names): string[] {
  const steps = unrollOf(player);
  if (steps === 0) return [];
  const opponent = defined(
    plan.players.find(({ id }) => id === player.opponent),
    `the opponent of ${player.id}`,
  );
  if (isOptimistic(opponent))
    throw new Unexportable(
      player.id,
      `${player.id} looks ${steps} steps of ${opponent.id} ahead, which is optimistic; this is not exported yet.`,
      'Make the opponent plain, or set unroll to 0.',
    );
  const name = nameOf(names.players, opponent.id);
  return [`${name}.ahead_by(${steps}, loss_${name}, batch)`];
}

function inContexts(managers: readonly string[], lines: readonly string[]): string[] {
  return managers.length === 0
    ? [...lines]
    : [`with ${managers.join(', ')}:`, ...lines.map((line) => `    ${line}`)];
}

const writeFunction = (name: string, about: string, body: readonly string[]): string =>
  [
    `def ${name}(batch):`,
    `    """${about}"""`,
    ...body.map((line) => (line === '' ? '' : `    ${line}`)),
  ].join('\n');

/** One update of one player in an alternating game. */
export function writeUpdate(plan: Plan, player: PlanPlayer, names: Names): string {
  const name = nameOf(names.players, player.id);
  const loss = `loss = loss_${name}(batch)`;
  const body = player.frozen
    ? [loss]
    : [
        ...inContexts(lookAheadOf(plan, player, names), [loss, `gradient = ${name}.gradient(loss)`]),
        `${name}.step(gradient)`,
      ];
  const about = player.frozen
    ? 'Muted: the loss is computed, nothing moves.'
    : `${thetaOf(player, names)} against the gradient of ${refKey(player.loss)}.`;
  return writeFunction(`update_${name}`, about, [
    ...prepareLines(plan, [player], names),
    ...body,
    ...settleLines(plan, [player], names),
    `return {"${player.id}": loss}`,
  ]);
}

/** All players from one θ and one batch. */
export function writeUpdateTogether(plan: Plan, names: Names): string {
  const { update, consensus } = plan.settings;
  const strength = isRamp(consensus) ? scheduledExpression('settings.consensus', consensus) : 'CONSENSUS';
  const players = plan.players.map((player) => ({ player, name: nameOf(names.players, player.id) }));
  const first = players.flatMap(({ player, name }) =>
    inContexts(lookAheadOf(plan, player, names), [
      `loss_of_${name} = loss_${name}(batch)`,
      `gradient_of_${name} = ${name}.gradient(loss_of_${name})`,
    ]),
  );
  const moving = players.filter(({ player }) => !player.frozen);
  const again = (createGraph: boolean) =>
    players.map(
      ({ name }) =>
        `gradient_of_${name}_${createGraph ? 'here' : 'ahead'} = ${name}.gradient(loss_${name}(batch)${createGraph ? ', create_graph=True' : ''})`,
    );
  const further: Record<string, () => string[]> = {
    simultaneous: () => [],
    // The half-step leaves the moments alone (Korpelevich 1976; Gidel et al. 2019).
    extragradient: () => [
      '# θ½ = θ - step(gradient at θ); then θ follows the gradient at θ½.',
      ...inContexts(
        moving.map(({ name }) => `${name}.ahead(gradient_of_${name})`),
        again(false),
      ),
      ...moving.map(({ name }) => `gradient_of_${name} = gradient_of_${name}_ahead`),
    ],
    consensus: () => [
      '# v + γ ∇ ½|v|², v the gradients of all players: ∇ ½|v|² = (∂v/∂θ)ᵀ v.',
      ...again(true),
      `v = [${players.map(({ name }) => `*gradient_of_${name}_here`).join(', ')}]`,
      `theta = [${players.map(({ name }) => `*${name}.parameters`).join(', ')}]`,
      'constant = [g.detach() for g in v]',
      'reached = [(g, c) for g, c in zip(v, averaged(constant)) if g.requires_grad]',
      'pull = torch.autograd.grad(',
      '    [g for g, _ in reached], theta, [c for _, c in reached], allow_unused=True, materialize_grads=True',
      ')',
      'pull = iter(pull)',
      ...players.flatMap(({ name }) => [
        `gradient_of_${name} = [g + ${strength} * next(pull) for g in gradient_of_${name}]`,
        `${name}.unused = set()`,
      ]),
    ],
  };
  const evaluated = [...first, ...(further[update]?.() ?? [])];
  return writeFunction('update_together', 'All players at once, from one θ and one batch.', [
    ...prepareLines(plan, plan.players, names),
    ...evaluated,
    ...moving.map(({ name }) => `${name}.step(gradient_of_${name})`),
    ...settleLines(plan, plan.players, names),
    `return {${players.map(({ player, name }) => `"${player.id}": loss_of_${name}`).join(', ')}}`,
  ]);
}
