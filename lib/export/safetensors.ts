import { isNumberType, numberTypes, readNumbers } from './number-types';
import { collectTensors, type Decoded, type NamedTensors, refuse } from './tensors';

/**
 * The safetensors format: length of the header (8 bytes, little-endian), header (JSON), numbers. Written in
 * float32. Reading trusts nothing: every length and offset is checked against the bytes that are there.
 */

const LENGTH = 8;
const MOST_HEADER = 16_000_000;
const MOST_TENSORS = 100_000;
const MOST_AXES = 8;
const LONGEST_TYPE = 20;

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const countOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

/** The file's bytes. `about` is kept beside the tensors as text by name. */
export function encodeSafetensors(
  tensors: NamedTensors,
  about: Readonly<Record<string, string>> = {},
): Uint8Array {
  let end = 0;
  const header: Record<string, unknown> = Object.keys(about).length > 0 ? { __metadata__: about } : {};
  for (const [name, { dims, values }] of tensors) {
    const start = end;
    end += values.byteLength;
    header[name] = { dtype: 'F32', shape: dims, data_offsets: [start, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces, so that the numbers stand at a multiple of eight bytes.
  const headerLength = Math.ceil(text.length / LENGTH) * LENGTH;
  const bytes = new Uint8Array(LENGTH + headerLength + end).fill(32, LENGTH, LENGTH + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(text, LENGTH);
  let offset = LENGTH + headerLength;
  for (const { values } of tensors.values()) {
    bytes.set(bytesOf(values), offset);
    offset += values.byteLength;
  }
  return bytes;
}

/** The tensors in these bytes, or why there are none. */
export function decodeSafetensors(bytes: Uint8Array): Decoded {
  if (bytes.length < LENGTH)
    return refuse(`A safetensors file has 8 bytes at least; this has ${bytes.length}.`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(MOST_HEADER, bytes.length - LENGTH)))
    return refuse(
      `The header claims ${length} bytes; the file has ${bytes.length - LENGTH} after its start.`,
    );
  const header = parseHeader(bytes.subarray(LENGTH, LENGTH + Number(length)));
  if (!header) return refuse('The header is not a JSON object.');
  const named = Object.entries(header).filter(([name]) => name !== '__metadata__');
  if (named.length > MOST_TENSORS)
    return refuse(`The file names ${named.length} tensors; ${MOST_TENSORS} are read at most.`);
  const body = bytes.subarray(LENGTH + Number(length));
  const entries: TensorEntry[] = [];
  for (const [name, described] of named) {
    const entry = readEntry(described, body.length);
    if (typeof entry === 'string') return refuse(`${name.slice(0, 100)}: ${entry}`);
    entries.push({ name, ...entry });
  }
  // Overlapping tensors would let a small file fill the memory.
  let before: TensorEntry | undefined;
  for (const entry of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (before && entry.start < before.end)
      return refuse(
        `${before.name.slice(0, 100)} and ${entry.name.slice(0, 100)} overlap at byte ${entry.start}.`,
      );
    before = entry;
  }
  const found = entries.map(({ name, dims, type, start, end }) => ({
    name,
    dims,
    type,
    values: isNumberType(type) ? readNumbers(type, body.subarray(start, end)) : undefined,
  }));
  return { ok: true, ...collectTensors(found), about: textsOf(header.__metadata__) };
}

interface TensorEntry {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const textsOf = (metadata: unknown): Record<string, string> =>
  isRecord(metadata)
    ? Object.fromEntries(
        Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRecord(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Where one tensor is, or what is wrong with its entry. */
function readEntry(entry: unknown, bytes: number): Omit<TensorEntry, 'name'> | string {
  if (!isRecord(entry)) return 'its entry is not an object.';
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || dtype.length > LONGEST_TYPE) return 'its dtype is not a name.';
  if (!Array.isArray(shape) || shape.length > MOST_AXES || !shape.every(isCount))
    return `a shape is a list of at most ${MOST_AXES} whole numbers.`;
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return 'data_offsets are two whole numbers.';
  const [start, end] = offsets as [number, number];
  if (start > end || end > bytes) return `bytes ${start} to ${end} are claimed; the file has ${bytes}.`;
  const size = countOf(shape);
  // Numbers of a type that is not known here are left where they are.
  const each = isNumberType(dtype) ? numberTypes[dtype].bytes : undefined;
  if (each !== undefined && each * size !== end - start)
    return `a shape of ${size} numbers takes ${each * size} bytes; it claims ${end - start}.`;
  return { dims: shape, type: dtype, start, end };
}
