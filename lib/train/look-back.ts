import type { CompiledGame } from '@/lib/compile/tf/game';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { Checkpoint } from './checkpoint';
import { type TintReport, takeTints } from './tints';
import { takeXrays, type XrayReport } from './xray';

/** What is opened of an iteration that is over: outputs (`node.port`) and layers (`node`), and a number of each layer. */
export interface Opened {
  readonly targets: readonly string[];
  readonly figure?: LayerFigure;
}

/** What was found; absent where nothing of it is open. */
export interface LookedBack {
  readonly xrays?: XrayReport;
  readonly tints?: TintReport;
}

/**
 * What is opened, as a game of the same plan that nobody has trained computes it from a checkpoint's numbers: with the
 * weights, the statistics and the edits of then, on the evaluation noise of every look, so that it equals what a look
 * at that moment showed. The game takes the checkpoint's state.
 */
export async function lookBack(
  game: CompiledGame,
  { data, counters, edits }: Pick<Checkpoint, 'data' | 'counters' | 'edits'>,
  { targets, figure }: Opened,
): Promise<LookedBack> {
  game.writeState(data);
  Object.assign(game.counters, counters);
  for (const { path, value } of edits) {
    const [node = '', param = ''] = path.split('.');
    game.setParam(node, param, value);
  }
  return {
    ...(targets.length > 0 && { xrays: await takeXrays(game, targets) }),
    ...(figure && { tints: await takeTints(game, figure) }),
  };
}
