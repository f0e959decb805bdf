/**
 * Python's pickle format as plain data. Nothing is called: an object is kept as the name of what would make it,
 * with its arguments, and the caller knows the few names that mean something to it.
 */
export class Pickled {
  /** What `BUILD` would set on it. */
  state: PickleValue = null;
  constructor(
    /** `torch._utils._rebuild_tensor_v2` */
    readonly name: string,
    readonly args: readonly PickleValue[] | undefined,
  ) {}
}

/** A reference to what lies beside the pickle: a storage of numbers. */
export class PersistentId {
  constructor(readonly id: PickleValue) {}
}

export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Pickled
  | PersistentId
  | PickleValue[]
  | Map<PickleValue, PickleValue>;

const MOST_VALUES = 5_000_000;

/** The value in these bytes. Throws a `PickleError` on damage, and on what no state_dict needs. */
export function readPickle(bytes: Uint8Array): PickleValue {
  const reader = createReader(bytes);
  const stack: (PickleValue | typeof MARK)[] = [];
  const memo = new Map<number, PickleValue>();
  const pop = (): PickleValue => {
    const value = stack.pop();
    if (value === undefined || value === MARK) throw new PickleError('it ends in the middle');
    return value;
  };
  const popToMark = (): PickleValue[] => {
    const at = stack.lastIndexOf(MARK);
    if (at < 0) throw new PickleError('a mark is missing');
    return stack.splice(at).slice(1) as PickleValue[];
  };
  const top = (): PickleValue => {
    const value = pop();
    stack.push(value);
    return value;
  };
  const recall = (index: number): PickleValue => {
    const value = memo.get(index);
    if (value === undefined) throw new PickleError('it refers to what is not there');
    return value;
  };
  const setItems = (items: readonly PickleValue[]) => {
    const dict = mapOf(top());
    for (let i = 0; i + 1 < items.length; i += 2)
      dict.set(items[i] as PickleValue, items[i + 1] as PickleValue);
  };
  const append = (items: readonly PickleValue[]) => {
    const list = top();
    if (Array.isArray(list)) for (const item of items) list.push(item);
  };
  const build = () => {
    const state = pop();
    const object = top();
    if (object instanceof Pickled) object.state = state;
  };
  const reduce = () => {
    const args = pop();
    const made = pop();
    if (!(made instanceof Pickled) || !Array.isArray(args)) throw new PickleError('a call is damaged');
    // collections.OrderedDict(), with its items set afterwards.
    stack.push(made.name === 'collections.OrderedDict' ? new Map() : new Pickled(made.name, args));
  };
  const steps: Readonly<Record<number, () => void>> = {
    [code('(')]: () => stack.push(MARK),
    [code('}')]: () => stack.push(new Map()),
    [code(']')]: () => stack.push([]),
    [code(')')]: () => stack.push([]),
    [code('t')]: () => stack.push(popToMark()),
    133: () => stack.push([pop()]),
    134: () => stack.push([pop(), pop()].reverse()),
    135: () => stack.push([pop(), pop(), pop()].reverse()),
    [code('N')]: () => stack.push(null),
    136: () => stack.push(true),
    137: () => stack.push(false),
    [code('K')]: () => stack.push(reader.unsigned(1)),
    [code('M')]: () => stack.push(reader.unsigned(2)),
    [code('J')]: () => stack.push(reader.unsigned(4) | 0),
    138: () => stack.push(reader.long(reader.unsigned(1))),
    [code('G')]: () => stack.push(reader.double()),
    [code('X')]: () => stack.push(reader.text(reader.unsigned(4))),
    140: () => stack.push(reader.text(reader.unsigned(1))),
    [code('c')]: () => stack.push(new Pickled(`${reader.line()}.${reader.line()}`, undefined)),
    [code('Q')]: () => stack.push(new PersistentId(pop())),
    [code('R')]: reduce,
    [code('b')]: build,
    [code('s')]: () => setItems([pop(), pop()].reverse()),
    [code('u')]: () => setItems(popToMark()),
    [code('a')]: () => append([pop()]),
    [code('e')]: () => append(popToMark()),
    [code('q')]: () => memo.set(reader.unsigned(1), top()),
    [code('r')]: () => memo.set(reader.unsigned(4), top()),
    [code('h')]: () => stack.push(recall(reader.unsigned(1))),
    [code('j')]: () => stack.push(recall(reader.unsigned(4))),
    128: () => void reader.unsigned(1),
  };
  for (let step = 0; step < MOST_VALUES; step++) {
    const operation = reader.unsigned(1);
    if (operation === code('.')) return pop();
    const run = steps[operation];
    if (!run) throw new PickleError(`its operation ${operation} is not one of a state_dict`);
    run();
  }
  throw new PickleError(`it has more than ${MOST_VALUES} steps`);
}

export class PickleError extends Error {}

const MARK = Symbol('mark');

const code = (character: string): number => character.charCodeAt(0);

function mapOf(value: PickleValue): Map<PickleValue, PickleValue> {
  if (value instanceof Map) return value;
  // An object that sets items on itself: they are of no use here.
  if (value instanceof Pickled) return new Map();
  throw new PickleError('items are set on what is no dict');
}

/** Numbers and texts from where the last ended, all of them within the bytes. */
function createReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const take = (length: number): number => {
    if (length > bytes.length - at) throw new PickleError('it is cut off');
    at += length;
    return at - length;
  };
  const text = (from: number, to: number): string => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to));
    } catch {
      throw new PickleError('a text in it is not UTF-8');
    }
  };
  return {
    unsigned(size: 1 | 2 | 4): number {
      const from = take(size);
      return size === 1
        ? view.getUint8(from)
        : size === 2
          ? view.getUint16(from, true)
          : view.getUint32(from, true);
    },
    /** Two's complement, little-endian, of any length; exact as far as a float is. */
    long(size: number): number {
      const from = take(size);
      let value = 0;
      for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[from + i] as number);
      return size > 0 && (bytes[from + size - 1] as number) >= 128 ? value - 256 ** size : value;
    },
    double: (): number => view.getFloat64(take(8), false),
    text(length: number): string {
      const from = take(length);
      return text(from, from + length);
    },
    line(): string {
      const end = bytes.indexOf(10, at);
      if (end < 0) throw new PickleError('it is cut off');
      const from = at;
      at = end + 1;
      return text(from, end);
    },
  };
}
