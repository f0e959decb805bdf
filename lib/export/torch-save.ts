import { unzipSync } from 'fflate';
import { isNumberType, type NumberType, numberTypes, readNumbers } from './number-types';
import { PersistentId, Pickled, PickleError, type PickleValue, readPickle } from './pickle';
import { collectTensors, type Decoded, refuse } from './tensors';

/**
 * What `torch.save` wrote: a zip with `data.pkl` and a file of numbers per storage. Dicts in dicts give names
 * with dots; what is no tensor is left out. The pickle is read as data, so nothing in a file can run.
 */
const MOST_PICKLE = 64_000_000;
const MOST_TENSORS = 100_000;
const DEEPEST = 16;

export function decodeTorchSave(bytes: Uint8Array): Decoded {
  try {
    const files = unzip(bytes);
    const pickle = [...files.keys()].find((name) => name.endsWith('/data.pkl'));
    if (pickle === undefined) return refuse('The zip holds no data.pkl, so torch.save did not write it.');
    const folder = pickle.slice(0, -'data.pkl'.length);
    const order = files.get(`${folder}byteorder`);
    if (order && new TextDecoder().decode(order) !== 'little')
      return refuse('Its numbers are big-endian; save it on another machine.');
    const found = tensorsIn(readPickle(files.get(pickle) as Uint8Array));
    if (found.size === 0)
      return refuse('It holds no dict of tensors. Save `model.state_dict()`, not the model itself.');
    let numbers = 0;
    const read = [...found].map(([name, tensor]) => {
      numbers += countOf(tensor.dims);
      if (numbers > bytes.length) throw new PickleError('its tensors claim more numbers than it has bytes');
      return { name, dims: tensor.dims, type: tensor.type, values: valuesOf(tensor, folder, files) };
    });
    return { ok: true, ...collectTensors(read), about: {} };
  } catch (error) {
    return refuse(`The file that torch.save wrote cannot be read: ${reasonOf(error)}.`);
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof PickleError ? error.message : 'its zip is damaged';

/** torch.save does not compress, so a file that is has been made by somebody else, perhaps to grow. */
function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = unzipSync(bytes, {
    filter({ name, compression, originalSize, size }) {
      const isWanted = /\/(data\.pkl|byteorder|data\/\d+)$/.test(name);
      if (isWanted && (compression !== 0 || size !== originalSize || size > bytes.length))
        throw new PickleError(`${name.slice(0, 60)} in it is compressed`);
      if (name.endsWith('.pkl') && size > MOST_PICKLE) throw new PickleError('its data.pkl is too large');
      return isWanted;
    },
  });
  return new Map(Object.entries(files));
}

interface SavedTensor {
  readonly type: string;
  /** Name of its file of numbers. */
  readonly storage: string;
  readonly offset: number;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}

/** Tensors by name, in the order of their dicts. */
function tensorsIn(root: PickleValue): Map<string, SavedTensor> {
  const found = new Map<string, SavedTensor>();
  let visited = 0;
  const visit = (value: PickleValue, path: string, depth: number) => {
    visited++;
    if (visited > 10 * MOST_TENSORS || depth > DEEPEST) throw new PickleError('its dicts go too deep');
    const tensor = value instanceof Pickled ? tensorOf(value) : undefined;
    if (tensor) found.set(path, tensor);
    else if (value instanceof Map)
      for (const [key, each] of value)
        if (typeof key === 'string' || typeof key === 'number')
          visit(each, path === '' ? String(key) : `${path}.${key}`, depth + 1);
  };
  visit(root, '', 0);
  if (found.size > MOST_TENSORS) throw new PickleError(`it names more than ${MOST_TENSORS} tensors`);
  return found;
}

function tensorOf({ name, args }: Pickled): SavedTensor | undefined {
  const [first, offset, dims, strides] = args ?? [];
  if (name === 'torch._utils._rebuild_parameter')
    return first instanceof Pickled ? tensorOf(first) : undefined;
  if (name !== 'torch._utils._rebuild_tensor_v2') return undefined;
  if (!(first instanceof PersistentId) || !Array.isArray(first.id))
    throw new PickleError('a tensor is damaged');
  const [, storage, key] = first.id;
  if (
    !(storage instanceof Pickled) ||
    typeof key !== 'string' ||
    !isCount(offset) ||
    !isCounts(dims) ||
    !isCounts(strides)
  )
    throw new PickleError('a tensor is damaged');
  return { type: storageTypes[storage.name] ?? storage.name, storage: key, offset, dims, strides };
}

const storageTypes: Readonly<Record<string, NumberType>> = {
  'torch.FloatStorage': 'F32',
  'torch.DoubleStorage': 'F64',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= 8 && value.every(isCount);
const countOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

/** A tensor's numbers out of its storage, row by row, whatever its strides. */
function valuesOf(tensor: SavedTensor, folder: string, files: ReadonlyMap<string, Uint8Array>) {
  const { type, storage, offset, dims, strides } = tensor;
  if (!isNumberType(type)) return undefined;
  const bytes = files.get(`${folder}data/${storage}`);
  if (!bytes) throw new PickleError(`its numbers data/${storage.slice(0, 20)} are missing`);
  const size = countOf(dims);
  const last = offset + dims.reduce((sum, dim, axis) => sum + Math.max(0, dim - 1) * (strides[axis] ?? 0), 0);
  const each = numberTypes[type].bytes;
  if (strides.length !== dims.length || (size > 0 && (last + 1) * each > bytes.length))
    throw new PickleError('a tensor reaches beyond its numbers');
  const span = readNumbers(type, bytes.subarray(offset * each, (size > 0 ? last + 1 : offset) * each));
  const isDense = strides.every(
    (stride, axis) => dims[axis] === 1 || stride === countOf(dims.slice(axis + 1)),
  );
  return span && !isDense ? gather(span, dims, strides) : span;
}

function gather(span: Float32Array, dims: readonly number[], strides: readonly number[]): Float32Array {
  return Float32Array.from({ length: countOf(dims) }, (_, i) => {
    let rest = i;
    let at = 0;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const dim = dims[axis] as number;
      at += (rest % dim) * (strides[axis] as number);
      rest = Math.floor(rest / dim);
    }
    return span[at] as number;
  });
}
