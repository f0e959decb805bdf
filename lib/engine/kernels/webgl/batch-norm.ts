import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type Replacement, reshape, type Webgl } from './programs';
import { sumColumns } from './reduce';

/** [y, mean, variance] of x [..., C] normalised by its own statistics over all axes but the last. */
export const batchNormalise: Replacement = {
  kernel: 'GanvasBatchNormalise',
  why: 'three readings of x in place of ten, none by the slow way of broadcasting',
  run: ({ backend, inputs, attrs }) => {
    const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', TensorInfo>;
    const { matrix, channels, share } = asMatrix(backend, x);
    const means = sumColumns(backend, [matrix], [], 'a', share);
    const mean = reshape(backend, means, [channels]);
    const variances = sumColumns(backend, [matrix], [mean], '(a - u) * (a - u)', share);
    const variance = reshape(backend, variances, [channels]);
    const y = perChannel(
      backend,
      { X: matrix },
      { Gamma: gamma, Beta: beta, Mean: mean, Variance: variance },
      attrs.epsilon as number,
      'gamma * inversesqrt(variance + epsilon) * (x - mean) + beta',
    );
    const out = reshape(backend, y, x.shape);
    for (const info of [matrix, means, variances, y]) backend.disposeIntermediateTensorInfo(info);
    return [out, mean, variance];
  },
};

/** [dx, dγ, dβ] */
export const batchNormaliseGradient: Replacement = {
  kernel: 'GanvasBatchNormaliseGradient',
  why: 'three readings of x and dy in place of some twenty',
  run: ({ backend, inputs, attrs }) => {
    const named = inputs as Record<'x' | 'dy' | 'gamma' | 'mean' | 'variance', TensorInfo>;
    const { gamma, mean, variance } = named;
    const { matrix: x, channels, share } = asMatrix(backend, named.x);
    const { matrix: dy } = asMatrix(backend, named.dy);
    const sums = sumColumns(backend, [dy], [], 'a', 1);
    const products = sumColumns(backend, [dy, x], [mean], 'a * (b - u)', 1);
    const dBeta = reshape(backend, sums, [channels]);
    const product = reshape(backend, products, [channels]);
    const channel = { Gamma: gamma, Mean: mean, Variance: variance, Sum: dBeta, Product: product };
    const epsilon = attrs.epsilon as number;
    // s = 1 / √(σ² + ε): dγ = s Σ dy (x − μ), dx = γ s (dy − Σ dy / n − s² (x − μ) Σ dy (x − μ) / n)
    const s = 'inversesqrt(variance + epsilon)';
    const centred = `dy - ${share} * (sum + product * (x - mean) / (variance + epsilon))`;
    const slope = perChannel(backend, { X: x, Dy: dy }, channel, epsilon, `gamma * ${s} * (${centred})`);
    const row = reshape(backend, product, [1, channels]);
    const scaled = perChannel(backend, { X: row }, { Variance: variance }, epsilon, `x * ${s}`);
    const dx = reshape(backend, slope, named.x.shape);
    const dGamma = reshape(backend, scaled, [channels]);
    for (const info of [x, dy, sums, products, product, slope, row, scaled])
      backend.disposeIntermediateTensorInfo(info);
    return [dx, dGamma, dBeta];
  },
};

function asMatrix(webgl: Webgl, x: TensorInfo) {
  const channels = x.shape[x.shape.length - 1] as number;
  const rows = util.sizeFromShape(x.shape) / channels;
  return { matrix: reshape(webgl, x, [rows, channels]), channels, share: 1 / rows };
}

/** A matrix from matrices and from one number per column, each under its name in small letters. */
function perChannel(
  webgl: Webgl,
  matrices: { readonly [name: string]: TensorInfo },
  channels: { readonly [name: string]: TensorInfo },
  epsilon: number,
  code: string,
): TensorInfo {
  const variable = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}`;
  const read = [
    ...Object.keys(matrices).map((name) => `float ${variable(name)} = get${name}(at.x, at.y);`),
    ...Object.keys(channels).map((name) => `float ${variable(name)} = get${name}(at.y);`),
  ];
  return webgl.compileAndRun(
    {
      variableNames: [...Object.keys(matrices), ...Object.keys(channels)],
      outputShape: (Object.values(matrices)[0] as TensorInfo).shape,
      customUniforms: [{ name: 'epsilon', type: 'float' as const }],
      userCode: `void main() { ivec2 at = getOutputCoords(); ${read.join(' ')} setOutput(${code}); }`,
    },
    [...Object.values(matrices), ...Object.values(channels)],
    'float32',
    [[epsilon]],
  );
}
