import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  getKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type * as kernels from '../replacement';

/** Small shaders through tfjs's own compiler, which caches them by their text and shapes. */
export type Webgl = MathBackendWebGL;
export type Call = kernels.Call<Webgl>;
export type Replacement = kernels.Replacement<Webgl>;

/** Runs another kernel of the backend, outside the tape. The caller frees the result. */
export const runKernel = (
  backend: Webgl,
  kernel: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
): TensorInfo => getKernel(kernel, 'webgl').kernelFunc({ inputs, attrs, backend }) as TensorInfo;

/** Another owner of the numbers under another shape; a texture that packs by fours is laid out anew. */
export const reshape = (backend: Webgl, x: TensorInfo, shape: number[]): TensorInfo =>
  runKernel(backend, 'Reshape', { x }, { shape });

/**
 * A function of numbers at the same place in tensors of one shape, four at a time: `code` computes a vec4 from
 * vec4s named as in `inputs`, floats named as in `uniforms`, and what the statements `before` it declare.
 */
export function pointwise(
  webgl: Webgl,
  inputs: { readonly [name: string]: TensorInfo },
  uniforms: { readonly [name: string]: number },
  code: string,
  before = '',
): TensorInfo {
  const names = Object.keys(inputs);
  const [first] = Object.values(inputs) as [TensorInfo];
  const read = names.map(
    (name) => `vec4 ${name} = get${name[0]?.toUpperCase()}${name.slice(1)}AtOutCoords();`,
  );
  return webgl.compileAndRun(
    {
      variableNames: names.map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}`),
      outputShape: first.shape,
      packedInputs: true,
      packedOutput: true,
      enableShapeUniforms: false,
      customUniforms: Object.keys(uniforms).map((name) => ({ name, type: 'float' as const })),
      userCode: `void main() { ${read.join(' ')} ${before} setOutput(${code}); }`,
    },
    Object.values(inputs),
    'float32',
    Object.values(uniforms).map((value) => [value]),
  );
}
