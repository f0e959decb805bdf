import type { Flowed, Tensor, Tf } from '../define';
import { expressionAt } from '../ports';
import { type TorchArgs, toChannelsFirst, toChannelsLast } from '../torch';

/** The same numbers in other dims, in either direction: log|det| is 0. */
export function keptFlow(
  tf: Tf,
  from: Tensor,
  dims: readonly number[],
  direction: 'forward' | 'inverse',
): Flowed {
  const rows = from.shape[0] as number;
  const tensor = tf.reshape(from, [rows, ...dims]);
  return { tensors: { [direction === 'forward' ? 'out' : 'in']: tensor }, logDet: tf.zeros([rows]) };
}

/** The same in PyTorch: from `dims` to `others`, or back. */
export function keptFlowLine(
  inputs: TorchArgs<unknown>['inputs'],
  dims: readonly number[],
  others: readonly number[],
  direction: 'forward' | 'inverse',
): string {
  const [port, from, to] = direction === 'forward' ? ['in', dims, others] : ['out', others, dims];
  const laid = `${toChannelsLast('x', from.length)}.reshape(-1, ${to.join(', ')})`;
  const tensor = toChannelsFirst(laid, to.length);
  return `(lambda x: (${tensor}, x.new_zeros(len(x))))(${expressionAt(inputs, port)})`;
}
