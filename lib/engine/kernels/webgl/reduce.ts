import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type Call, type Replacement, reshape, type Webgl } from './programs';

/** Sums down the columns of a matrix, and what they give: sums and means over the leading axes. */
const why = 'transposes the tensor where the axes lead, then reduces in several shaders';

export const sum: Replacement = { kernel: 'Sum', why, run: (call) => reduce(call, () => 1) };
export const mean: Replacement = { kernel: 'Mean', why, run: (call) => reduce(call, (rows) => 1 / rows) };

function reduce({ backend, inputs, attrs, stock }: Call, weight: (rows: number) => number): TensorInfo {
  const x = inputs.x as TensorInfo;
  const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape).sort((a, b) => a - b);
  const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((axis, i) => axis === i);
  if (!leading || x.dtype !== 'float32') return stock({ x }, attrs);

  const kept = x.shape.slice(axes.length);
  const rows = util.sizeFromShape(x.shape.slice(0, axes.length));
  const matrix = reshape(backend, x, [rows, util.sizeFromShape(kept)]);
  const sums = sumColumns(backend, [matrix], [], 'a', weight(rows));
  const out = reshape(backend, sums, attrs.keepDims === true ? [...axes.map(() => 1), ...kept] : kept);
  for (const info of [matrix, sums]) backend.disposeIntermediateTensorInfo(info);
  return out;
}

/**
 * [1, columns]: factor · Σ over the rows of `term`, which reads the matrices as a, b and the vectors, one number
 * per column, as u, v.
 */
export function sumColumns(
  webgl: Webgl,
  matrices: readonly TensorInfo[],
  vectors: readonly TensorInfo[],
  term: string,
  factor: number,
): TensorInfo {
  const [rows = 0] = (matrices[0] as TensorInfo).shape;
  const chunk = chunkOf(rows);
  const part = sumChunks(webgl, matrices, vectors, term, chunk === rows ? factor : 1);
  if (chunk === rows) return part;
  const sums = sumColumns(webgl, [part], [], 'a', factor);
  webgl.disposeIntermediateTensorInfo(part);
  return sums;
}

/** Rows that one invocation adds up: all of a batch, and of more so few that the invocations are many. */
const chunkOf = (rows: number): number => (rows <= 512 ? rows : 64);

/** out[i, j] = factor · Σ over `chunk` rows from chunk · i */
function sumChunks(
  webgl: Webgl,
  matrices: readonly TensorInfo[],
  vectors: readonly TensorInfo[],
  term: string,
  factor: number,
): TensorInfo {
  const [rows = 0, columns = 0] = (matrices[0] as TensorInfo).shape;
  const chunk = chunkOf(rows);
  const a = matrices.map((_, i) => `float ${'ab'[i]} = get${'AB'[i]}(row, at.y);`);
  const u = vectors.map((_, i) => `float ${'uv'[i]} = get${'UV'[i]}(at.y);`);
  return webgl.compileAndRun(
    {
      variableNames: [
        ...matrices.map((_, i) => 'AB'[i] as string),
        ...vectors.map((_, i) => 'UV'[i] as string),
      ],
      outputShape: [Math.ceil(rows / chunk), columns],
      customUniforms: [{ name: 'factor', type: 'float' as const }],
      userCode: `void main() {
        ivec2 at = getOutputCoords();
        ${u.join(' ')}
        float sum = 0.0;
        for (int i = 0; i < ${chunk}; i++) {
          int row = at.x * ${chunk} + i;
          if (row < ${rows}) { ${a.join(' ')} sum += ${term}; }
        }
        setOutput(factor * sum);
      }`,
    },
    [...matrices, ...vectors],
    'float32',
    [[factor]],
  );
}
