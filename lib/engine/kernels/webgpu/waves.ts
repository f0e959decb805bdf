import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '@/lib/shapes/shape';
import type { Replacement } from '../replacement';

const why =
  'WGSL allows its own an error of 2^-11 (https://www.w3.org/TR/WGSL/#concrete-float-accuracy): R1 on waves of points was 1e-4 off, this is within 1e-7.';

/** Sine and cosine by Cephes's polynomials, within a quarter of a turn. */
export const sin = wave('Sin', 0);
export const cos = wave('Cos', 1);

/** The sine of an angle and so many quarters of a turn. */
function wave(kernel: string, quarters: number): Replacement<WebGPUBackend> {
  return {
    kernel,
    why,
    run({ backend, inputs: { x } }) {
      const program = pointwise(`ganvas${kernel}`, (x as TensorInfo).shape, sineOf(quarters));
      return backend.runWebGPUProgram(program, [x as TensorInfo], 'float32');
    },
  };
}

/** π/2 is taken away in three parts, the first of few digits, so that next to nothing is lost. */
const sineOf = (quarters: number): string => `
  let turns = round(a * 0.6366197723675814);
  let r = ((a - turns * 1.5703125) - turns * 4.837512969970703e-4) - turns * 7.54978995489188e-8;
  let s = r * r;
  let sine = r + r * s * (-1.6666654611e-1 + s * (8.3321608736e-3 - s * 1.9515295891e-4));
  let cosine = 1.0 - 0.5 * s
    + s * s * (4.166664568298827e-2 + s * (-1.388731625493765e-3 + s * 2.443315711809948e-5));
  let quarter = (i32(turns) + ${quarters}) & 3;
  let y = select(sine, cosine, (quarter & 1) == 1);
  return select(y, -y, quarter >= 2);`;

const GROUP = 128;
const MOST_GROUPS = 65_535;

/** A function of the number `a` at each place, as tfjs's own programs for one tensor. */
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
      fn wave(a: f32) -> f32 {${code}
      }
      fn main(index: i32) {
        if (index < uniforms.size) { setOutputAtIndex(index, wave(getAByOutputIndex(index))); }
      }`,
  };
}

type Program = Parameters<WebGPUBackend['runWebGPUProgram']>[0];
