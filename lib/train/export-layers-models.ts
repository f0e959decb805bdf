import { io } from '@tensorflow/tfjs-core';
import { strToU8, zipSync } from 'fflate';
import { layersTopology } from '@/lib/compile/layers-topology';
import type { Plan } from '@/lib/compile/plan';
import type { State } from '@/lib/compile/tf/state';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { createLayersModel } from './layers-model';

/**
 * The networks of a game as tfjs layers models, one folder each in a zip: `G/model.json` and `G/weights.bin`,
 * which `tf.loadLayersModel` of plain TensorFlow.js reads.
 */
export interface LayersModelExport {
  readonly zip: Uint8Array;
  /** The networks that are in it. */
  readonly networks: readonly string[];
  /** One for each network that has a node without a stock layer. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Weights as they stand; a network that keeps an average leaves with its average. */
export async function exportLayersModels(plan: Plan, state: State): Promise<LayersModelExport> {
  const files: Record<string, Uint8Array> = {};
  const networks: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const network of plan.networks) {
    const built = layersTopology(network);
    if ('missing' in built) {
      diagnostics.push({
        code: 'no-stock-layer',
        severity: 'error',
        node: built.missing,
        message: `${network.name || network.id} has no tfjs layers model: ${built.missing} (${kindOf(plan, built.missing)}) has no stock layer.`,
        hint: 'Export it to PyTorch, or replace the node by stock layers.',
      });
      continue;
    }
    const held =
      network.ema === undefined ? state : { ...state, weights: state.averages, buffers: state.averages };
    const model = await createLayersModel(network, held);
    await model?.save(
      io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData, format, generatedBy }) => {
        const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs ?? [] }];
        const text = JSON.stringify({ format, generatedBy, modelTopology, weightsManifest });
        files[`${network.id}/model.json`] = strToU8(text);
        files[`${network.id}/weights.bin`] = new Uint8Array(joined(weightData));
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    networks.push(network.id);
  }
  return { zip: zipSync(files, { mtime: '1980-01-01' }), networks, diagnostics };
}

const joined = (data: ArrayBuffer | ArrayBuffer[] | undefined): ArrayBuffer =>
  data === undefined ? new ArrayBuffer(0) : io.CompositeArrayBuffer.join(data);

const kindOf = (plan: Plan, id: string): string =>
  plan.networks.flatMap(({ nodes }) => nodes).find((node) => node.id === id)?.kind ?? '';
