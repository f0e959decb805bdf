/** Tensors by name, as files of weights hold them, whatever the format. */
export interface NamedTensor {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** A tensor that holds no weights: whole numbers, or a type that is not read. */
export interface Skipped {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: string;
}

export interface FoundTensors {
  readonly tensors: NamedTensors;
  /** Type → how many tensors came in it and are float32 now. */
  readonly converted: ReadonlyMap<string, number>;
  readonly skipped: readonly Skipped[];
}

export type Decoded =
  | (FoundTensors & {
      readonly ok: true;
      /** Texts by name that the file keeps beside its tensors. */
      readonly about: Readonly<Record<string, string>>;
    })
  | { readonly ok: false; readonly reason: string };

export const refuse = (reason: string): Decoded => ({ ok: false, reason });

/** Sorts what was found by what it is good for. */
export function collectTensors(
  found: readonly (Skipped & { readonly values: Float32Array | undefined })[],
): FoundTensors {
  const tensors = new Map<string, NamedTensor>();
  const converted = new Map<string, number>();
  const skipped: Skipped[] = [];
  for (const { name, dims, type, values } of found) {
    if (!values) skipped.push({ name, dims, type });
    else {
      tensors.set(name, { dims, values });
      if (type !== 'F32') converted.set(type, (converted.get(type) ?? 0) + 1);
    }
  }
  return { tensors, converted, skipped };
}
