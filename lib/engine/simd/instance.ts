import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { decodeBase64 } from '@/lib/util/base64';
import { plain, relaxed } from './compiled';

/**
 * Our own SIMD functions (assembly/), instantiated on the heap of tfjs's WASM backend, so that they read and
 * write its tensors in place. Pointers and strides are in bytes.
 */
interface Simd {
  multiply(
    a: number,
    am: number,
    ak: number,
    b: number,
    bk: number,
    bn: number,
    c: number,
    m: number,
    n: number,
    k: number,
    init: number,
    scratch: number,
  ): void;
  /** Bytes that b [k × n] takes when packed. */
  packedSize(k: number, n: number): number;
  convolutionScratch(geometry: number): number;
  convolve(x: number, w: number, y: number, geometry: number, scratch: number): void;
  convolveFilterGradient(x: number, dy: number, dw: number, geometry: number, scratch: number): void;
  convolveInputGradient(dy: number, w: number, dx: number, geometry: number, scratch: number): void;
  convolveDepthwise(x: number, w: number, y: number, geometry: number): void;
  convolveDepthwiseFilterGradient(x: number, dy: number, dw: number, geometry: number): void;
  convolveDepthwiseInputGradient(dy: number, w: number, dx: number, geometry: number): void;
  /** Bytes that attention takes of scratch, forwards or backwards. */
  attentionScratch(places: number, width: number): number;
  attend(joint: number, examples: number, places: number, width: number, y: number, scratch: number): void;
  attendGradient(
    joint: number,
    dy: number,
    examples: number,
    places: number,
    width: number,
    dJoint: number,
    scratch: number,
  ): void;
  sumColumns(x: number, rows: number, columns: number, weight: number, out: number): void;
  batchNormalise(
    x: number,
    gamma: number,
    beta: number,
    epsilon: number,
    rows: number,
    columns: number,
    y: number,
    mean: number,
    variance: number,
    spare: number,
  ): void;
  batchNormaliseGradient(
    x: number,
    dy: number,
    gamma: number,
    mean: number,
    variance: number,
    epsilon: number,
    rows: number,
    columns: number,
    dx: number,
    dGamma: number,
    dBeta: number,
    spare: number,
  ): void;
  leakyRelu(x: number, y: number, length: number, alpha: number): void;
  leakyReluGradient(x: number, dy: number, dx: number, length: number, alpha: number): void;
  exp(x: number, y: number, length: number): void;
  tanh(x: number, y: number, length: number): void;
  sigmoidGradient(y: number, dy: number, dx: number, length: number): void;
  tanhGradient(y: number, dy: number, dx: number, length: number): void;
  adam(
    g: number,
    m: number,
    v: number,
    length: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    correction: number,
    epsilon: number,
    change: number,
    nextM: number,
    nextV: number,
  ): void;
}

const instances = new WeakMap<BackendWasm, Simd>();

/** Throws where WebAssembly has no SIMD. */
export async function attachSimd(backend: BackendWasm): Promise<void> {
  const fused = decodeBase64(relaxed);
  const bytes = WebAssembly.validate(fused) ? fused : decodeBase64(plain);
  const memory = (backend.wasm as unknown as { asm: { memory: WebAssembly.Memory } }).asm.memory;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  instances.set(backend, instance.exports as unknown as Simd);
}

export function simdOf(backend: BackendWasm): Simd {
  const simd = instances.get(backend);
  if (!simd) throw new Error('the WASM backend was not started by lib/engine');
  return simd;
}
