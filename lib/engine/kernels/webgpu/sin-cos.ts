import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '@/lib/shapes/shape';
import type { Replacement } from '../replacement';
import { sinOrCos, why } from '../sin-cos';

export const sin = replacement('Sin');
export const cos = replacement('Cos');

function replacement(kernel: 'Sin' | 'Cos'): Replacement<WebGPUBackend> {
  const code = sinOrCos(kernel, 'let');
  return {
    kernel,
    why,
    run({ backend, inputs: { x } }) {
      const { shape } = x as TensorInfo;
      return backend.runWebGPUProgram(
        pointwise(`ganvas${kernel}`, shape, code),
        [x as TensorInfo],
        'float32',
      );
    },
  };
}

const GROUP = 128;
const MOST_GROUPS = 65_535;

/** A function of the number at each place: statements that make `y` of `x`. As tfjs's own programs for one tensor. */
function pointwise(shaderKey: string, outputShape: number[], code: string): Program {
  const groups = Math.ceil(sizeOf(outputShape) / GROUP);
  const side = Math.ceil(Math.sqrt(groups));
  return {
    outputShape,
    shaderKey,
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: groups <= MOST_GROUPS ? [groups, 1, 1] : [side, side, 1],
    workgroupSize: [GROUP, 1, 1],
    variableNames: ['A'],
    size: true,
    getUserCode: () => `
      fn main(index: i32) {
        if (index >= uniforms.size) { return; }
        let x = getAByOutputIndex(index);${code}
        setOutputAtIndex(index, y);
      }`,
  };
}

type Program = Parameters<WebGPUBackend['runWebGPUProgram']>[0];
