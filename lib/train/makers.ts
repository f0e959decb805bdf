import type { Plan, PlanView, Ref } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import { definitionOf, refKey, tasksBetween } from '@/lib/compile/tf/tasks';
import type { Made, MadeRequest } from '@/lib/nodes/define';
import type { CallParams } from '@/lib/nodes/network/call';
import { readCall } from '@/lib/nodes/role-params';
import { extentOf } from '@/lib/nodes/views/extent';
import { defined } from '@/lib/util/assert';

/** Inputs of more numbers are not walked through. */
const MOST_AXES = 4_096;
const BOUNDS_ROWS = 512;

/** What a view asks of the network that made the samples at one of its ports. */
export async function madeFor(
  game: CompiledGame,
  view: PlanView,
  { port, grid, pull }: MadeRequest,
  rows: number,
): Promise<Made | undefined> {
  const ref = view.inputs[port]?.[0];
  const call = game.plan.game.find(({ id, kind }) => id === ref?.node && definitionOf(kind).role === 'call');
  if (!ref || !call) return undefined;
  const params = readCall(call.params);
  const sheet = grid && (await sheetOf(game, call.inputs, ref, params, grid));
  const pulled = pull ? await pullOf(game, ref, params.network, rows) : undefined;
  return { ...(sheet && { sheet }), ...(pulled && { pull: pulled }) };
}

/** The network over a grid of its input; undefined where it has several. */
async function sheetOf(
  game: CompiledGame,
  inputs: PlanView['inputs'],
  { port: output }: Ref,
  { network, weights }: CallParams,
  points: NonNullable<MadeRequest['grid']>,
): Promise<Made['sheet']> {
  const [[input, [fed] = []] = [], ...others] = Object.entries(inputs);
  if (input === undefined || !fed || others.length > 0) return undefined;
  const bounds = extentOf([...(await game.read([fed], BOUNDS_ROWS)).values()]);
  if (bounds.length > MOST_AXES) return undefined;
  return game.probe({ network, input, output, weights, mostAxes: MOST_AXES, points }, bounds);
}

/** ∂J/∂ of these samples, or where J does not read them, of those of another call of the network. */
async function pullOf(game: CompiledGame, ref: Ref, network: string, rows: number): Promise<Made['pull']> {
  const { plan } = game;
  const loss = plan.players.find(({ networks }) => networks.includes(network))?.loss;
  const at =
    loss && [ref, ...likeIt(plan, ref, network)].find((each) => tasksBetween(plan, each, loss).length > 0);
  const slope = at && (await game.slope(loss, at, rows));
  if (!slope) return undefined;
  return { points: defined((await game.read([at], rows)).get(refKey(at)), refKey(at)), slope };
}

const likeIt = ({ game }: Plan, { port }: Ref, network: string): Ref[] =>
  game.flatMap(({ id, kind, params }) =>
    definitionOf(kind).role === 'call' && readCall(params).network === network ? [{ node: id, port }] : [],
  );
