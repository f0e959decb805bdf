import type { Plan } from '@/lib/compile/plan';
import { batchLayers } from './networks';
import { featuresOf } from './players';

/** The top of the file: what it is and how it is run, and the settings of the game. */
export interface TorchOptions {
  readonly title: string;
  readonly about: string;
  /** Name of the weights beside the file, which it starts from. */
  readonly weights?: string;
}

const quoted = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/"""/g, "'''").replace(/"$/, "'");

export function docstring(plan: Plan, { title, about }: TorchOptions, left: readonly string[]): string {
  const norms = plan.networks.flatMap((network) => batchLayers(network).map(({ id }) => id));
  const own = [
    ...(norms.length > 0 ? [`These layers see their whole batch: ${norms.join(', ')}.`] : []),
    ...(featuresOf(plan).unroll ? ['A player looks ahead on its batch.'] : []),
  ];
  const shares =
    own.length > 0
      ? `

${own.join(' ')} With several processes each sees its own share of it, so
N processes are not exactly one.`
      : '';
  const stays = left.length > 0 ? ` Measured in the editor alone: ${left.join(', ')}.` : '';
  return `"""${quoted(title)}
${about.trim() === '' ? '' : `\n${quoted(about.trim())}\n`}
    python game.py [--iterations N] [--seed S] [--set NODE.PARAM=VALUE]
                   [--weights FILE.safetensors] [--data NODE=FILE.npz] [--out DIR] [--resume DIR]
                   [--tensorboard DIR]
    torchrun --nproc_per_node=N game.py

Exported from Ganvas. Needs PyTorch and NumPy. Weights, samples, losses and metrics go to the folder "out", from
which --resume goes on.${stays} With torchrun every process draws its share of the batch and gradients are averaged over processes.${shares}
"""`;
}

export function settingsText({ settings }: Plan, { weights }: TorchOptions): string {
  return `SEED = ${settings.seed}
BATCH_SIZE = ${settings.batchSize}
ITERATIONS = ${settings.iterations}
BATCHES = "${settings.batches}"${settings.update === 'consensus' && typeof settings.consensus === 'number' ? `\nCONSENSUS = ${settings.consensus}` : ''}
WEIGHTS = ${weights === undefined ? 'None' : JSON.stringify(weights)}`;
}
