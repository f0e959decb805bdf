import { expect, it } from 'vitest';
import { describeMachine, isSoftwareRenderer } from './gpu';

it.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
  ['llvmpipe (LLVM 15.0.6, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)', true],
  ['ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0, D3D11)', false],
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', false],
  ['Mesa Intel(R) UHD Graphics 620 (KBL GT2)', false],
])('knows whether %s computes in software', (renderer, software) => {
  expect(isSoftwareRenderer(renderer)).toBe(software);
});

it('describes Node as a machine with WASM and without a GPU', () => {
  expect(describeMachine()).toMatchObject({ gpu: undefined, webgpu: false, wasm: true, safari: false });
});
