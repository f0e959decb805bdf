import { type GradConfig, getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core';
import { arithmetic } from './arithmetic';
import { avgPools } from './avg-pool';
import { comparisons } from './comparisons';
import { convolutions } from './convolution';
import type { Correction } from './define';
import { fused } from './fused';
import { mirrorPads } from './mirror-pad';
import { rectifiers } from './rectifiers';
import { savedOutputs } from './saved-output';

/**
 * The one place where tfjs's gradients are replaced. Each entry says what and why.
 *
 * Still missing at second order, with an error: max pooling, resizing, depthwise and 3-D convolutions, prod.
 * Missing at first order: dilated convolutions, stridedSlice, depthToSpace, einsum, topk, cumprod. Silently
 * wrong at second order, because tfjs writes them with a custom gradient that cannot be replaced here:
 * `logSoftmax` and `losses.softmaxCrossEntropy` (write x − logSumExp(x)); LRN; Pow in its exponent.
 */
export const corrections: readonly Correction[] = [
  ...savedOutputs,
  ...rectifiers,
  ...comparisons,
  ...convolutions,
  ...mirrorPads,
  ...avgPools,
  ...arithmetic,
  ...fused,
];

const replaced = new Map<string, GradConfig | undefined>();

/**
 * Call when tfjs has registered its own gradients. Calling it again changes nothing. Gives a function that puts
 * tfjs's own back.
 */
export function installGradients(): () => void {
  for (const { why: _, ...config } of corrections) {
    const { kernelName } = config;
    if (replaced.has(kernelName)) continue;
    const stock: GradConfig | undefined = getGradient(kernelName);
    replaced.set(kernelName, stock);
    if (stock) unregisterGradient(kernelName);
    registerGradient(config);
  }
  return uninstallGradients;
}

function uninstallGradients(): void {
  for (const [kernelName, stock] of replaced) {
    unregisterGradient(kernelName);
    if (stock) registerGradient(stock);
  }
  replaced.clear();
}
