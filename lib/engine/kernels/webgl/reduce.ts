import { getKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Call, Replacement, Webgl } from './programs';

/** Sums and means over the leading axes: down the columns of a matrix, 64 rows to an invocation. */
const why = 'transposes the tensor where the axes lead, then reduces in several shaders';

export const sum: Replacement = { kernel: 'Sum', why, run: (call) => reduce(call, () => 1) };
export const mean: Replacement = { kernel: 'Mean', why, run: (call) => reduce(call, (rows) => 1 / rows) };

const CHUNK = 64;

function reduce({ backend, inputs, attrs, stock }: Call, weight: (rows: number) => number): TensorInfo {
  const x = inputs.x as TensorInfo;
  const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape).sort((a, b) => a - b);
  const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((axis, i) => axis === i);
  if (!leading || x.dtype !== 'float32') return stock({ x }, attrs);

  const kept = x.shape.slice(axes.length);
  let rows = util.sizeFromShape(x.shape.slice(0, axes.length));
  const columns = util.sizeFromShape(kept);
  const factor = weight(rows);
  let part = reshape(backend, x, [rows, columns]);
  do {
    const next = sumChunks(backend, part, rows, columns, rows <= CHUNK ? factor : 1);
    backend.disposeIntermediateTensorInfo(part);
    part = next;
    rows = Math.ceil(rows / CHUNK);
  } while (rows > 1);
  const out = reshape(backend, part, attrs.keepDims === true ? [...axes.map(() => 1), ...kept] : kept);
  backend.disposeIntermediateTensorInfo(part);
  return out;
}

/** Another owner of the numbers under another shape; a texture that packs by fours is laid out anew. */
const reshape = (backend: Webgl, x: TensorInfo, shape: number[]): TensorInfo =>
  getKernel('Reshape', 'webgl').kernelFunc({ inputs: { x }, attrs: { shape }, backend }) as TensorInfo;

/** out[i, j] = factor · Σ over 64 rows from 64 i */
function sumChunks(webgl: Webgl, x: TensorInfo, rows: number, columns: number, factor: number): TensorInfo {
  return webgl.compileAndRun(
    {
      variableNames: ['X'],
      outputShape: [Math.ceil(rows / CHUNK), columns],
      customUniforms: [{ name: 'factor', type: 'float' as const }],
      userCode: `void main() {
        ivec2 at = getOutputCoords();
        float sum = 0.0;
        for (int i = 0; i < ${CHUNK}; i++) {
          int row = at.x * ${CHUNK} + i;
          if (row < ${rows}) sum += getX(row, at.y);
        }
        setOutput(factor * sum);
      }`,
    },
    [x],
    'float32',
    [[factor]],
  );
}
