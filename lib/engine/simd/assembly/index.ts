export { batchNormalise, batchNormaliseGradient, sumColumns } from './columns';
export { convolutionScratch, convolve, convolveFilterGradient, convolveInputGradient } from './convolution';
export { multiply, packedSize } from './gemm';
export { adam, exp, leakyRelu, leakyReluGradient, tanh, tanhGradient } from './pointwise';
