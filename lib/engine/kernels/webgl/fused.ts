import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Call, pointwise, type Replacement } from './programs';

/** The engine's own operations (lib/nodes/operations.ts) in fewer shaders than their compositions take. */
export const leakyRelu: Replacement = {
  kernel: 'LeakyRelu',
  why: 'the slope as a number of the shader, where the stock kernel uploads a texture for it',
  run: (call) =>
    packed(call, { alpha: call.attrs.alpha as number }, 'mix(x, alpha * x, vec4(lessThan(x, vec4(0.0))))'),
};

export const tanh: Replacement = {
  kernel: 'Tanh',
  why: 'four numbers at a time; the stock kernel unpacks what a product gives, and the next packs it again',
  run: (call) => packed(call, {}, 'sign(x) * (1.0 - exp(-2.0 * abs(x))) / (1.0 + exp(-2.0 * abs(x)))'),
};

/** A function of x where its texture is packed; the stock kernel elsewhere. */
function packed(
  { backend, inputs, attrs, stock }: Call,
  uniforms: { readonly [name: string]: number },
  code: string,
): TensorInfo {
  const x = inputs.x as TensorInfo;
  const isPacked = backend.texData.get(x.dataId).isPacked && x.dtype === 'float32';
  return isPacked ? pointwise(backend, { x }, uniforms, code) : stock(inputs, attrs);
}

export const leakyReluGradient: Replacement = {
  kernel: 'GanvasLeakyReluGradient',
  why: 'one shader in place of a step and a product',
  run: ({ backend, inputs: { x, dy }, attrs }) =>
    pointwise(
      backend,
      { x: x as TensorInfo, dy: dy as TensorInfo },
      { alpha: attrs.alpha as number },
      'mix(alpha * dy, dy, vec4(greaterThan(x, vec4(0.0))))',
    ),
};

export const tanhGradient: Replacement = {
  kernel: 'GanvasTanhGradient',
  why: 'one shader in place of three',
  run: ({ backend, inputs: { y, dy } }) =>
    pointwise(backend, { y: y as TensorInfo, dy: dy as TensorInfo }, {}, 'dy * (1.0 - y * y)'),
};

export const sigmoidGradient: Replacement = {
  kernel: 'GanvasSigmoidGradient',
  why: 'one shader in place of three',
  run: ({ backend, inputs: { y, dy } }) =>
    pointwise(backend, { y: y as TensorInfo, dy: dy as TensorInfo }, {}, 'dy * y * (1.0 - y)'),
};

export const adam: Replacement = {
  kernel: 'GanvasAdamStep',
  why: 'three shaders in place of twelve',
  run: ({ backend, inputs, attrs }) => {
    const { gradient, m, v } = inputs as { gradient: TensorInfo; m: TensorInfo; v: TensorInfo };
    const { beta1, beta2, rate, correction, epsilon } = attrs as Record<string, number>;
    const move = (moment: TensorInfo, beta: number, what: string) =>
      pointwise(backend, { moment, gradient }, { beta, rest: 1 - beta }, `beta * moment + rest * ${what}`);
    const nextM = move(m, beta1 as number, 'gradient');
    const nextV = move(v, beta2 as number, 'gradient * gradient');
    const change = pointwise(
      backend,
      { m: nextM, v: nextV },
      { rate: rate as number, correction: correction as number, epsilon: epsilon as number },
      'rate * m / (sqrt(v * correction) + epsilon)',
    );
    return [change, nextM, nextV];
  },
};
