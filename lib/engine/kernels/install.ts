import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-name';
import { asKernelConfig, type Replacement } from './replacement';
import { adam } from './wasm/adam';
import { attend, attendGradient } from './wasm/attention';
import { batchNormalise, batchNormaliseGradient } from './wasm/batch-norm';
import {
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
} from './wasm/convolution';
import { concat, slice, split } from './wasm/copy';
import { crossEntropy, crossEntropyGradient } from './wasm/cross-entropy';
import { exp, leakyRelu, leakyReluGradient, sigmoidGradient, tanh, tanhGradient } from './wasm/elementwise';
import { cast, identity } from './wasm/identity';
import { affine, batchMatMul } from './wasm/mat-mul';
import { pack, unpack } from './wasm/pack';
import { mean, sum } from './wasm/reduce';
import { segmentSum } from './wasm/segment-sum';
import { tile } from './wasm/tile';
import * as webglBatchNorm from './webgl/batch-norm';
import * as webglCrossEntropy from './webgl/cross-entropy';
import * as webgl from './webgl/fused';
import * as webglMatMul from './webgl/mat-mul';
import * as webglPack from './webgl/pack';
import { mirrorPad as webglMirrorPad, pad as webglPad } from './webgl/pad';
import { mean as webglMean, sum as webglSum } from './webgl/reduce';
import * as webglSinCos from './webgl/sin-cos';
import { broadcasting } from './webgpu/broadcast';
import * as webgpuPad from './webgpu/pad';
import * as webgpuSinCos from './webgpu/sin-cos';

const wasm = [
  batchMatMul,
  affine,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
  segmentSum,
  identity,
  cast,
  sum,
  mean,
  tile,
  concat,
  slice,
  split,
  exp,
  tanh,
  tanhGradient,
  sigmoidGradient,
  leakyRelu,
  leakyReluGradient,
  batchNormalise,
  batchNormaliseGradient,
  attend,
  attendGradient,
  adam,
  crossEntropy,
  crossEntropyGradient,
  pack,
  unpack,
];

/** The one place where tfjs's kernels are replaced. Each entry says what and why. */
const replacements: { readonly [backend in BackendName]?: readonly Replacement<never>[] } = {
  wasm,
  webgl: [
    ...Object.values(webgl),
    ...Object.values(webglBatchNorm),
    ...Object.values(webglCrossEntropy),
    ...Object.values(webglMatMul),
    ...Object.values(webglPack),
    webglSum,
    webglMean,
    webglPad,
    webglMirrorPad,
    webglSinCos.sin,
    webglSinCos.cos,
  ],
  webgpu: [webgpuSinCos.sin, webgpuSinCos.cos, ...broadcasting, webgpuPad.pad, webgpuPad.mirrorPad],
};

/** What tfjs had under each name that is replaced now: `wasm/BatchMatMul` → kernel, or nothing. */
const replaced = new Map<string, KernelConfig | undefined>();

/** Call when tfjs has registered the backend's own kernels. Calling it again changes nothing. */
export function installKernels(backend: BackendName): void {
  for (const replacement of replacements[backend] ?? []) {
    const key = `${backend}/${replacement.kernel}`;
    if (replaced.has(key)) continue;
    const stock: KernelConfig | undefined = getKernel(replacement.kernel, backend);
    replaced.set(key, stock);
    if (stock) unregisterKernel(replacement.kernel, backend);
    registerKernel(asKernelConfig(replacement, backend, stock));
  }
}

/** Back to tfjs's own kernels, or some of them, but for those without which nothing trains; for comparisons. */
export function uninstallKernels(backend: BackendName, names?: readonly string[]): void {
  for (const { kernel, isMissing } of replacements[backend] ?? []) {
    const key = `${backend}/${kernel}`;
    const isMeant = names?.includes(kernel) ?? true;
    if (isMissing || !isMeant || !replaced.has(key)) continue;
    const stock = replaced.get(key);
    unregisterKernel(kernel, backend);
    if (stock) registerKernel(stock);
    replaced.delete(key);
  }
}
