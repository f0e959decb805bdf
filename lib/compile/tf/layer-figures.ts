import type { Tensor } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { weightKey } from '../compile';
import { proposeAll } from './iterate';
import { type LookContext, unitsOff, watchUnits } from './look';
import type { Pass } from './pass';
import { readBack } from './read-game';
import { aheadOf, type CompiledPlayer, cut, playerGradient, playerLoss } from './update';

/**
 * One number for each layer, at one moment, on evaluation noise. `gradient`: ‖∂J/∂θ‖ over the layer's weights, J the loss
 * of the player that moves them (of several the root of the sum of squares). `step`: ‖Δθ‖ / ‖θ‖, Δθ the step that would
 * come next. `off`: share of a ReLU's units that are off for every example.
 */
export type LayerFigure = 'gradient' | 'step' | 'off';

export type LayerFigures = { readonly [layer: string]: number };

type Found = readonly (readonly [layer: string, value: Tensor])[];

/** Layers that have no such number are left out. No state is touched. */
export async function readLayerFigures(context: LookContext, figure: LayerFigure): Promise<LayerFigures> {
  const { tf, plan, passOver } = context;
  const { pass, dispose } = passOver('evaluation', 0, plan.settings.batchSize);
  let layers: readonly string[] = [];
  try {
    const read = tf.tidy(() => {
      const found = readers[figure](context, pass);
      layers = found.map(([layer]) => layer);
      return tf.stack([tf.scalar(0), ...found.map(([, value]) => value)]);
    });
    const { data } = await readBack(read);
    return Object.fromEntries(layers.map((layer, i) => [layer, data[i + 1] ?? Number.NaN]));
  } finally {
    dispose();
  }
}

const readers: Readonly<Record<LayerFigure, (context: LookContext, pass: Pass) => Found>> = {
  gradient(context, pass) {
    const { tf, state, players } = context;
    const moving = players.filter(({ plan: { frozen } }) => !frozen);
    const parts = moving.flatMap((player) => {
      const { gradient } = playerGradient(pass, player, undefined, (same) => aheadOf(state, player, same));
      return byKey(player, cut(tf, gradient, player.slices));
    });
    return normsOf(context, parts);
  },
  step(context, pass) {
    const { tf, state, players } = context;
    const proposals = proposeAll(context, pass);
    const changes = players.flatMap((player, i) => {
      const theta = proposals[i]?.theta;
      if (player.plan.frozen || !theta) return [];
      return byKey(player, cut(tf, theta, player.slices)).map(
        ([key, next]) => [key, tf.sub(next, defined(state.weights.get(key), key))] as const,
      );
    });
    const sizes = new Map(normsOf(context, [...state.weights]));
    return normsOf(context, changes).map(([layer, norm]) => [
      layer,
      tf.div(norm, defined(sizes.get(layer), layer)),
    ]);
  },
  off({ tf, plan, players }, pass) {
    const greatest = new Map<string, Tensor>();
    for (const player of players) playerLoss({ ...pass, hook: watchUnits({ tf, plan }, greatest) }, player);
    return unitsOff(tf, greatest);
  },
};

const byKey = ({ slices }: CompiledPlayer, parts: readonly Tensor[]) =>
  slices.map(({ key }, i) => [key, defined(parts[i], key)] as const);

/** Over all parts that are of a layer's weights; layers without any are left out. */
function normsOf({ tf, plan }: LookContext, parts: readonly (readonly [key: string, part: Tensor])[]): Found {
  return plan.networks
    .flatMap(({ nodes }) => nodes)
    .flatMap(({ id, weights }) => {
      const keys = new Set(weights.map(({ name }) => weightKey(id, name)));
      const squares = parts.flatMap(([key, part]) => (keys.has(key) ? [tf.sum(tf.square(part))] : []));
      return squares.length > 0 ? [[id, tf.sqrt(tf.addN(squares))] as const] : [];
    });
}
