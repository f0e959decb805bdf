/**
 * Tensor shapes as a graph knows them: dims without the batch axis, and a batch factor. `batch` is the
 * divisor of the batch size: 1 is the whole batch, m is 1/m of it (after pack), 'one' a single row.
 */
export interface Shape {
  readonly dims: readonly number[];
  readonly batch: number | 'one';
}

export const shape = (dims: readonly number[], batch: Shape['batch'] = 1): Shape => ({ dims, batch });

/** Numbers per example. */
export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

export function sameDims(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

export const sameShape = (a: Shape, b: Shape): boolean => a.batch === b.batch && sameDims(a.dims, b.dims);

/** The rows that a tensor of this batch factor has at a batch size. */
export const rowsOf = (batch: Shape['batch'], batchSize: number): number =>
  batch === 'one' ? 1 : Math.floor(batchSize / batch);

/** `[28, 28, 1]`, with the batch factor where it is not the whole: `[4] of 1/2 batch`. */
export function formatShape({ dims, batch }: Shape): string {
  const text = formatDims(dims);
  if (batch === 'one') return `${text} of one row`;
  return batch === 1 ? text : `${text} of 1/${batch} batch`;
}

export const formatDims = (dims: readonly number[]): string => `[${dims.join(', ')}]`;
