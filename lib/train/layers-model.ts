import { type LayersModel, models } from '@tensorflow/tfjs-layers';
import { layerName, layersTopology } from '@/lib/compile/layers-topology';
import type { Plan, PlanNetwork } from '@/lib/compile/plan';
import type { State } from '@/lib/compile/tf/state';
import { assert, defined } from '@/lib/util/assert';

/**
 * A network of stock layers as a tf.LayersModel over the run's own variables: training moves both, since
 * they are one. Undefined where a layer has no stock counterpart.
 */
export async function createLayersModel(
  network: PlanNetwork,
  state: State,
): Promise<LayersModel | undefined> {
  const built = layersTopology(network);
  if ('missing' in built) return undefined;
  const { topology } = built;
  // tfjs-layers types the topology as JSON; ours is, by construction.
  const model = (await models.modelFromJSON({ modelTopology: topology } as never)) as LayersModel;
  for (const layer of network.nodes) {
    if (layer.weights.length + layer.buffers.length === 0) continue;
    const keys = [...layer.weights, ...layer.buffers].map(({ name }) => `${layer.id}.${name}`);
    const variables = model.getLayer(layerName(layer.id)).weights;
    assert(variables.length === keys.length, `${layer.id} has ${keys.length} arrays in both`);
    keys.forEach((key, i) => {
      const own = defined(state.weights.get(key) ?? state.buffers.get(key), key);
      const slot = defined(variables[i], key) as unknown as { val: unknown; shape: unknown };
      assert(String(slot.shape) === String(own.shape), `${key} has one shape in both`);
      (slot.val as { dispose(): void }).dispose();
      slot.val = own;
    });
  }
  return model;
}

/** tf.LayersModel summaries by network, as text. */
export async function summarizeNetworks(plan: Plan, state: State): Promise<Record<string, string>> {
  const summaries: Record<string, string> = {};
  for (const network of plan.networks) {
    const model = await createLayersModel(network, state);
    if (!model) continue;
    const lines: string[] = [];
    model.summary(undefined, undefined, (line: string) => lines.push(line));
    summaries[network.id] = lines.join('\n');
  }
  return summaries;
}
