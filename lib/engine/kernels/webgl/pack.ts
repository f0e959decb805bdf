import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type Replacement, reshape, type Webgl } from './programs';

/** Textures that one shader reads at most; WebGL promises 16. */
const MOST_PARTS = 12;

/** Tensors of any shapes, end to end in one vector. */
export const pack: Replacement = {
  kernel: 'GanvasPack',
  why: 'one shader in place of a new layout, an unpacking and a copy for each tensor',
  run: ({ backend, inputs }) => packAll(backend, Object.values(inputs) as TensorInfo[]),
};

/** A vector cut into tensors of the shapes that `shapes` gives. */
export const unpack: Replacement = {
  kernel: 'GanvasUnpack',
  why: 'one shader per tensor in place of a cut and a new layout',
  run({ backend, inputs, attrs }) {
    let offset = 0;
    return (attrs.shapes as unknown as readonly (readonly number[])[]).map((shape) => {
      const part = cut(backend, inputs.flat as TensorInfo, offset, shape);
      offset += util.sizeFromShape([...shape]);
      return part;
    });
  },
};

function packAll(webgl: Webgl, parts: readonly TensorInfo[]): TensorInfo {
  if (parts.length <= MOST_PARTS) return packSome(webgl, parts);
  const groups = Array.from({ length: Math.ceil(parts.length / MOST_PARTS) }, (_, i) =>
    packSome(webgl, parts.slice(i * MOST_PARTS, (i + 1) * MOST_PARTS)),
  );
  const all = packAll(webgl, groups);
  for (const group of groups) webgl.disposeIntermediateTensorInfo(group);
  return all;
}

/** A tensor among those that are packed, as a stack of matrices, and where its numbers stand in the vector. */
interface Part {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly start: number;
  readonly end: number;
}

function packSome(webgl: Webgl, tensors: readonly TensorInfo[]): TensorInfo {
  const blocks = tensors.map((tensor) => reshape(webgl, tensor, blockOf(tensor.shape)));
  let size = 0;
  const parts = blocks.map(({ shape: [, rows = 1, columns = 1], shape }, i): Part => {
    const start = size;
    size += util.sizeFromShape(shape);
    return { name: `P${i}`, rows, columns, start, end: size };
  });
  const packed = webgl.compileAndRun(
    {
      variableNames: parts.map(({ name }) => name),
      outputShape: [size],
      packedInputs: true,
      packedOutput: true,
      userCode: `
        float one(int i) { ${parts.map(readOne).join('\n')} return 0.0; }
        vec2 two(int i) { ${parts.map(readTwo).join('\n')} return vec2(0.0); }
        void main() { setOutput(vec4(two(getOutputCoords()), 0.0, 0.0)); }`,
    },
    blocks,
    'float32',
  );
  for (const block of blocks) webgl.disposeIntermediateTensorInfo(block);
  return packed;
}

/** Finds the texel of the number at i, if it is in this part. */
const readTexel = ({ name, rows, columns, start, end }: Part, result: string): string =>
  `if (i < ${end}) {
    int j = i - ${start};
    int row = j / ${columns};
    int column = j - row * ${columns};
    int block = row / ${rows};
    row -= block * ${rows};
    vec4 texel = get${name}(block, row, column);
    return ${result};
  }`;

const readOne = (part: Part): string => readTexel(part, 'getChannel(texel, vec2(row, column))');

/**
 * Two neighbours are in one texel where a part begins at an even place and its rows are of even length, or it is a
 * column of even length; so is the last number of all with nothing beside it. Others are looked up one by one.
 */
function readTwo(part: Part, index: number, { length }: readonly Part[]): string {
  const { start, end, rows, columns } = part;
  const isLastRow = index === length - 1 && end - start === columns;
  if (start % 2 === 0 && (columns % 2 === 0 || isLastRow))
    return readTexel(part, 'row % 2 == 0 ? texel.rg : texel.ba');
  if (start % 2 === 0 && columns === 1 && rows % 2 === 0) return readTexel(part, 'texel.rb');
  return `if (i < ${end}) return vec2(one(i), one(i + 1));`;
}

/** The numbers of `flat` from `offset` on, as a tensor. */
function cut(webgl: Webgl, flat: TensorInfo, offset: number, shape: readonly number[]): TensorInfo {
  const block = blockOf(shape);
  const [, rows, columns] = block;
  const areEven = offset % 2 === 0 && columns % 2 === 0;
  const one = (i: string) => `getChannel(getFlat(${i}), ${i})`;
  const two = (i: string) =>
    areEven ? `getFlat(${i}).rg` : `vec2(${one(i)}, at.z + 1 < ${columns} ? ${one(`${i} + 1`)} : 0.0)`;
  const result = webgl.compileAndRun(
    {
      variableNames: ['Flat'],
      outputShape: block,
      packedInputs: true,
      packedOutput: true,
      customUniforms: [{ name: 'offset', type: 'int' as const }],
      userCode: `void main() {
        ivec3 at = getOutputCoords();
        int i = offset + (at.x * ${rows} + at.y) * ${columns} + at.z;
        setOutput(vec4(${two('i')}, at.y + 1 < ${rows} ? ${two(`i + ${columns}`)} : vec2(0.0)));
      }`,
    },
    [flat],
    'float32',
    [[offset]],
  );
  const out = reshape(webgl, result, [...shape]);
  webgl.disposeIntermediateTensorInfo(result);
  return out;
}

/** As a stack of matrices, which a packed texture holds as it is. */
const blockOf = (shape: readonly number[]): [number, number, number] => {
  const [rows = 1, columns = 1] = shape.length < 2 ? [1, shape[0] ?? 1] : shape.slice(-2);
  return [util.sizeFromShape(shape.slice(0, -2)), rows, columns];
};
