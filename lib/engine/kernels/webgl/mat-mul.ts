import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type Replacement, reshape, runKernel, type Webgl } from './programs';

/** Tensors up to this size may be uniforms instead of textures. */
const MOST_UNIFORM = 4;

export const batchMatMul: Replacement = {
  kernel: 'BatchMatMul',
  why: 'reads textures by running coordinates, four steps at a time: 0.85 of the time of the stock product',
  run({ backend, inputs, attrs, stock }) {
    const { a, b } = inputs as Record<'a' | 'b', TensorInfo>;
    const transposed = attrs as unknown as Transposed;
    if (!isMatrix(a) || !isMatrix(b) || isColumn(a, b, transposed)) return stock(inputs, attrs);
    const [first, second] = [a, b].map((each) => reshape(backend, each, each.shape.slice(-2)));
    const product = multiply(backend, first as TensorInfo, second as TensorInfo, transposed);
    const out = reshape(backend, product, [...a.shape.slice(0, -2), ...product.shape]);
    for (const info of [first, second, product]) backend.disposeIntermediateTensorInfo(info as TensorInfo);
    return out;
  },
};

export const affine: Replacement = {
  kernel: 'GanvasAffine',
  why: 'product and bias in one shader, as the stock fused product, which has no gradient of its own',
  run({ backend, inputs }) {
    const { x, kernel, bias } = inputs as Record<'x' | 'kernel' | 'bias', TensorInfo>;
    const plain = { transposeA: false, transposeB: false };
    if (isMatrix(x) && isMatrix(kernel) && !isColumn(x, kernel, plain))
      return multiply(backend, x, kernel, plain, bias);
    const activation = null as unknown as string;
    return runKernel(backend, '_FusedMatMul', { a: x, b: kernel, bias }, { ...plain, activation });
  },
};

interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const isMatrix = ({ shape, dtype }: TensorInfo): boolean =>
  dtype === 'float32' &&
  shape.slice(0, -2).every((dim) => dim === 1) &&
  util.sizeFromShape(shape) > MOST_UNIFORM;

/** Long products that give a vector are sums to the stock kernel. */
const isColumn = (a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: Transposed): boolean =>
  a.shape.at(transposeA ? -1 : -2) === 1 || b.shape.at(transposeB ? -2 : -1) === 1;

/** Steps of the inner loop between two looks at its end. */
const UNROLLED = 4;

/**
 * Products of matrices, two by two numbers at a time: each step reads two of the shared places of both. Where a
 * texture is laid out otherwise than its matrix (long and narrow ones), its texels are found by tfjs's own way.
 */
function multiply(
  webgl: Webgl,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA, transposeB }: Transposed,
  bias?: TensorInfo,
): TensorInfo {
  const [rows = 1, shared = 1] = transposeA ? [...a.shape].reverse() : a.shape;
  const columns = transposeB ? b.shape[0] : b.shape[1];
  const first = `${transposeA ? 'a.rrgg' : 'a.rrbb'} * ${transposeB ? 'b.rbrb' : 'b.rgrg'}`;
  const second = `${transposeA ? 'a.bbaa' : 'a.ggaa'} * ${transposeB ? 'b.gaga' : 'b.baba'}`;
  const running = (k: string) => `{
    float k = (float(${k}) + 0.5);
    vec4 a = texture(A, ${transposeA ? 'vec2(row, k * sa)' : 'vec2(k * sa, row)'});
    vec4 b = texture(B, ${transposeB ? 'vec2(k * sb, column)' : 'vec2(column, k * sb)'});
    sum += ${first} + ${second};
  }`;
  const found = (k: string, terms: string) => `{
    int k = 2 * (${k});
    vec4 a = ${transposeA ? 'getA(k, at.x)' : 'getA(at.x, k)'};
    vec4 b = ${transposeB ? 'getB(at.y, k)' : 'getB(k, at.y)'};
    sum += ${terms};
  }`;
  const pairs = Math.floor(shared / 2);
  const unrolled = pairs - (pairs % UNROLLED);
  const steps = Array.from({ length: UNROLLED }, (_, i) => running(`i + ${i}`));
  return webgl.compileAndRun(
    {
      variableNames: bias ? ['A', 'B', 'Bias'] : ['A', 'B'],
      outputShape: [rows, columns as number],
      packedInputs: true,
      packedOutput: true,
      userCode: `void main() {
        ivec2 at = getOutputCoords();
        vec4 sum = ${bias ? 'getBias(at.y).rgrg' : 'vec4(0.0)'};
        ivec2 sizeA = textureSize(A, 0);
        ivec2 sizeB = textureSize(B, 0);
        if (sizeA == ${texelsOf(a)} && sizeB == ${texelsOf(b)}) {
          float row = (float(at.x / 2) + 0.5) / float(sizeA.${transposeA ? 'x' : 'y'});
          float column = (float(at.y / 2) + 0.5) / float(sizeB.${transposeB ? 'y' : 'x'});
          float sa = 1.0 / float(sizeA.${transposeA ? 'y' : 'x'});
          float sb = 1.0 / float(sizeB.${transposeB ? 'x' : 'y'});
          for (int i = 0; i < ${unrolled}; i += ${UNROLLED}) { ${steps.join('\n')} }
          for (int i = ${unrolled}; i < ${pairs}; i++) ${running('i')}
        } else {
          for (int i = 0; i < ${pairs}; i++) ${found('i', `${first} + ${second}`)}
        }
        ${shared % 2 === 1 ? found(String(pairs), first) : ''}
        setOutput(sum);
      }`,
    },
    bias ? [a, b, bias] : [a, b],
    'float32',
  );
}

/** Width and height of a matrix's texture where four numbers make a texel. */
const texelsOf = ({ shape: [rows = 1, columns = 1] }: TensorInfo): string =>
  `ivec2(${Math.ceil(columns / 2)}, ${Math.ceil(rows / 2)})`;
