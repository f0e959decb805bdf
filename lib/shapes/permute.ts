import { sizeOf } from './shape';

/** Row-major numbers with their axes in another order: axis i of the result is axis `axes[i]` of `dims`. */
export function permute<T extends Uint8Array | Float32Array | Float64Array>(
  values: T,
  dims: readonly number[],
  axes: readonly number[],
): T {
  const lengths = axes.map((axis) => dims[axis] as number);
  const strides = axes.map((axis) => sizeOf(dims.slice(axis + 1)));
  const out = values.slice() as T;
  const at = new Int32Array(axes.length);
  let from = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = values[from] as number;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      at[axis] = (at[axis] as number) + 1;
      from += strides[axis] as number;
      if ((at[axis] as number) < (lengths[axis] as number)) break;
      from -= (strides[axis] as number) * (lengths[axis] as number);
      at[axis] = 0;
    }
  }
  return out;
}
