export { attend, attendGradient, attentionScratch } from './attention';
export { batchNormalise, batchNormaliseGradient, sumColumns } from './columns';
export { convolutionScratch, convolve, convolveFilterGradient, convolveInputGradient } from './convolution';
export { convolveDepthwise, convolveDepthwiseFilterGradient, convolveDepthwiseInputGradient } from './depthwise';
export { multiply, packedSize } from './gemm';
export { adam, exp, leakyRelu, leakyReluGradient, sigmoidGradient, tanh, tanhGradient } from './pointwise';
