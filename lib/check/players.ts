import { appliesOf, callParams, readOptimizer } from '@/lib/nodes/role-params';
import { type Draft, type DraftNode, listNames } from './draft';
import { isPlayer, MOST_PLAYERS, networksOf, type Player } from './game';
import { mention, mentionEnd } from './mention';
import { checkSides } from './sides';

/** Players: every optimizer has a loss and θ, its loss reaches its θ, and the schedule makes sense. */
export function checkPlayers(draft: Draft, players: readonly Player<DraftNode>[]): void {
  for (const node of draft.game) if (node.definition?.role === 'optimizer') checkWires(draft, node);
  for (const player of players) {
    checkReach(draft, player, checkSides(draft, player));
    checkUnroll(draft, player);
  }
  checkCount(draft);
  checkSchedule(draft, players);
  checkCalls(draft);
  if (players.length === 0)
    draft.diagnostics.push({
      code: 'nothing-trains',
      severity: 'warning',
      message: 'There is nothing to train: no optimizer has both a loss and θ.',
      hint: 'Add an optimizer; wire a loss into it, and the θ of the network that it should train.',
    });
}

function checkCount(draft: Draft): void {
  const all = draft.game.filter(isPlayer);
  const tooMany = all[MOST_PLAYERS];
  if (!tooMany) return;
  draft.diagnostics.push({
    code: 'player-limit',
    severity: 'error',
    node: tooMany.node.id,
    message: `The graph has ${all.length} players; at most ${MOST_PLAYERS} can play.`,
    hint: 'Split it into several documents.',
  });
}

function checkWires(draft: Draft, node: DraftNode): void {
  const hasLoss = node.wiredFrom.has('loss');
  const hasTheta = node.wiredFrom.has('theta');
  if (hasLoss && hasTheta) return;
  const about = {
    node: node.node.id,
    severity: hasLoss || hasTheta ? ('error' as const) : ('warning' as const),
  };
  if (!hasLoss)
    draft.diagnostics.push({
      ...about,
      code: 'optimizer-no-loss',
      port: 'loss',
      message: `${mention(node.node.id)} has no loss to minimise.`,
      hint: 'Wire the output of a loss into it.',
    });
  if (!hasTheta)
    draft.diagnostics.push({
      ...about,
      code: 'optimizer-no-theta',
      port: 'theta',
      message: `${mention(node.node.id)} has no θ to change.`,
      hint: 'Wire the θ of a network’s frame into it.',
    });
}

/** A network whose θ the loss does not depend on gets no gradient; where none does, there is nothing to do. */
function checkReach(draft: Draft, { node, networks, path }: Player<DraftNode>, isSwapped: boolean): void {
  const reached = networksOf(path);
  const unreached = [...networks].filter((id) => !reached.has(id));
  if (unreached.length === 0) return;
  const loss = node.wiredFrom.get('loss')?.[0];
  const isAll = unreached.length === networks.size;
  // Sides that changed places are said to be so instead.
  if (isAll && isSwapped) return;
  draft.diagnostics.push({
    code: isAll ? 'loss-no-theta' : 'theta-unreached',
    severity: isAll ? 'error' : 'warning',
    node: node.node.id,
    port: isAll ? 'loss' : 'theta',
    message: isAll
      ? `The loss ${loss ? mentionEnd('output', loss) : ''} does not depend on any θ of ${mention(node.node.id)} (${listNames(unreached.map(mention))}), so there is no gradient.`
      : `The loss of ${mention(node.node.id)} does not depend on θ of ${listNames(unreached.map(mention))}; it stays as it is.`,
    hint: 'Wire a loss that a live call of the network feeds, or the θ of another network.',
  });
}

/** Looking ahead takes an opponent that plays, and is another. */
function checkUnroll(draft: Draft, { node }: Player<DraftNode>): void {
  const { unroll } = readOptimizer(node.params);
  if (unroll === 0) return;
  const opponent = node.wiredFrom.get('opponent')?.[0];
  const other = opponent && draft.nodes.get(opponent.id);
  if (other && other !== node && isPlayer(other)) return;
  const isItself = other === node;
  draft.diagnostics.push({
    code: 'unroll-no-opponent',
    severity: 'error',
    node: node.node.id,
    port: 'opponent',
    message: isItself
      ? `${mention(node.node.id)} looks ${unroll} steps ahead of itself.`
      : `${mention(node.node.id)} looks ${unroll} steps ahead, but ${other ? `${mention(other.node.id)} makes no steps` : 'no opponent is wired to it'}.`,
    hint: 'Wire the look-ahead of the other player’s optimizer into opponent, or set unroll to 0.',
    fix: { type: 'set-params', label: 'Do not look ahead', node: node.node.id, params: { unroll: 0 } },
  });
}

function checkSchedule(draft: Draft, players: readonly Player<DraftNode>[]): void {
  const { update } = draft.graph.settings;
  const byOrder = new Map<number, string[]>();
  for (const { node } of players) {
    const { order, steps } = readOptimizer(node.params);
    const tied = byOrder.get(order);
    if (tied) tied.push(node.node.id);
    else byOrder.set(order, [node.node.id]);
    if (update === 'alternating' || steps === 1) continue;
    draft.diagnostics.push({
      code: 'steps-not-one',
      severity: 'error',
      node: node.node.id,
      path: 'params.steps',
      message: `${mention(node.node.id)} makes ${typeof steps === 'number' ? steps : 'a changing number of'} steps per iteration, but in ${update} updates all players move together, one step each.`,
      hint: 'Set steps to 1, or the update to alternating.',
      fix: { type: 'set-params', label: 'One step', node: node.node.id, params: { steps: 1 } },
    });
  }
  if (update !== 'alternating') return;
  for (const [order, ids] of byOrder)
    if (ids.length > 1)
      draft.diagnostics.push({
        code: 'order-tie',
        severity: 'info',
        node: ids[0] as string,
        message: `${ids.length} optimizers have the order ${order}: ${listNames(ids.map(mention))}. They run in the document’s order.`,
        hint: 'Give each an order of its own to choose who moves first.',
      });
}

/** Averaged weights exist only where the network keeps them. */
function checkCalls(draft: Draft): void {
  for (const checked of draft.game) {
    const { node } = checked;
    const call = callParams(checked) ?? appliesOf(checked);
    if (call?.weights !== 'ema') continue;
    const network = draft.networks.get(call.network);
    if (!network || network.network.ema !== undefined) continue;
    draft.diagnostics.push({
      code: 'ema-missing',
      severity: 'error',
      node: node.id,
      path: 'params.weights',
      message: `${mention(node.id)} uses averaged weights, but network ${mention(network.network.id)} keeps none.`,
      hint: 'Turn averaging (EMA) on in the network, or use its live weights.',
      fix: { type: 'set-params', label: 'Use live weights', node: node.id, params: { weights: 'live' } },
    });
  }
}
