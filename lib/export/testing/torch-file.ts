import { zipSync } from 'fflate';

/** What `torch.save` writes, by hand: that PyTorch's own files are read is shown in tests/torch. */
const text = (value: string): number[] => [...new TextEncoder().encode(value)];
export const op = (character: string): number => character.charCodeAt(0);
export const number = (value: number): number[] => [op('J'), ...new Uint8Array(Int32Array.of(value).buffer)];
export const string = (value: string): number[] => {
  const bytes = text(value);
  return [op('X'), ...new Uint8Array(Uint32Array.of(bytes.length).buffer), ...bytes];
};
export const name = (module: string, what: string): number[] => [op('c'), ...text(`${module}\n${what}\n`)];
export const tuple = (...items: number[][]): number[] => [op('('), ...items.flat(), op('t')];
export const dict = (entries: Readonly<Record<string, number[]>>): number[] => [
  op('}'),
  op('('),
  ...Object.entries(entries).flatMap(([key, value]) => [...string(key), ...value]),
  op('u'),
];
export const ordered = (entries: Readonly<Record<string, number[]>>): number[] => [
  ...name('collections', 'OrderedDict'),
  op(')'),
  op('R'),
  op('('),
  ...Object.entries(entries).flatMap(([key, value]) => [...string(key), ...value]),
  op('u'),
];

interface About {
  readonly storage?: string;
  readonly key?: string;
  readonly offset?: number;
  readonly dims: readonly number[];
  readonly strides?: readonly number[];
}

export const tensor = ({
  storage = 'FloatStorage',
  key = '0',
  offset = 0,
  dims,
  strides,
}: About): number[] => {
  const dense = dims.map((_, axis) => dims.slice(axis + 1).reduce((product, dim) => product * dim, 1));
  const id = tuple(string('storage'), name('torch', storage), string(key), string('cpu'), number(6));
  const list = (values: readonly number[]) => tuple(...values.map(number));
  return [
    ...name('torch._utils', '_rebuild_tensor_v2'),
    ...tuple([...id, op('Q')], number(offset), list(dims), list(strides ?? dense), [137], [op('N')]),
    op('R'),
  ];
};

const floats = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer);

export function file(
  value: number[],
  storages: Readonly<Record<string, Uint8Array>> = { 0: floats },
  level: 0 | 6 = 0,
) {
  const files = Object.entries(storages).map(([key, bytes]) => [`netG/data/${key}`, bytes] as const);
  const pickle = Uint8Array.from([128, 2, ...value, op('.')]);
  return zipSync({ 'netG/data.pkl': pickle, ...Object.fromEntries(files) }, { level });
}
