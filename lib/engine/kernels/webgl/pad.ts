import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Padding, padByAxis } from '../pad';
import { type Replacement, reshape, type Webgl } from './programs';

export const pad: Replacement = {
  kernel: 'PadV2',
  why: 'the stock shader does not compile for five axes and more',
  run: ({ backend, inputs, attrs, stock }) => {
    const x = inputs.x as TensorInfo;
    if (x.shape.length <= 4) return stock({ x }, attrs);
    const constantValue = attrs.constantValue ?? 0;
    return padByAxis(x, attrs.paddings as Padding[], owning(backend), (folded, padding) =>
      stock({ x: folded }, { paddings: [[0, 0], padding, [0, 0]], constantValue }),
    );
  },
};

export const mirrorPad: Replacement = {
  kernel: 'MirrorPad',
  why: 'the stock shader does not compile for four axes',
  run: ({ backend, inputs, attrs }) =>
    padByAxis(inputs.x as TensorInfo, attrs.paddings as Padding[], owning(backend), (folded, padding) =>
      mirrored(backend, folded, padding, attrs.mode === 'symmetric' ? 1 : 0),
    ),
};

const owning = (webgl: Webgl) => ({
  reshape: (x: TensorInfo, shape: number[]) => reshape(webgl, x, shape),
  dispose: (x: TensorInfo) => webgl.disposeIntermediateTensorInfo(x),
});

/** The middle axis continued by its mirror image; `edge` is 1 where the border itself is repeated. */
function mirrored(webgl: Webgl, x: TensorInfo, [before, after]: Padding, edge: number): TensorInfo {
  const [outer = 1, dim = 1, inner = 1] = x.shape;
  return webgl.compileAndRun(
    {
      variableNames: ['X'],
      outputShape: [outer, dim + before + after, inner],
      userCode: `void main() {
        ivec3 at = getOutputCoords();
        int i = at.y - ${before};
        if (i < 0) i = -i - ${edge};
        else if (i >= ${dim}) i = ${2 * (dim - 1) + edge} - i;
        setOutput(getX(at.x, i, at.z));
      }`,
    },
    [x],
    'float32',
  );
}
