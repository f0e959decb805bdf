import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Replacement, reshape, type Webgl } from './programs';

/** Padding axis by axis, each as the middle one of three. */
export const pad: Replacement = {
  kernel: 'PadV2',
  why: 'the stock shader does not compile for five axes and more',
  run: ({ backend, inputs, attrs, stock }) => {
    const x = inputs.x as TensorInfo;
    if (x.shape.length <= 4) return stock({ x }, attrs);
    const constantValue = attrs.constantValue ?? 0;
    return eachAxis(backend, x, attrs.paddings as Padding[], (folded, padding) =>
      stock({ x: folded }, { paddings: [[0, 0], padding, [0, 0]], constantValue }),
    );
  },
};

export const mirrorPad: Replacement = {
  kernel: 'MirrorPad',
  why: 'the stock shader does not compile for four axes',
  run: ({ backend, inputs, attrs }) =>
    eachAxis(backend, inputs.x as TensorInfo, attrs.paddings as Padding[], (folded, padding) =>
      mirrored(backend, folded, padding, attrs.mode === 'symmetric' ? 1 : 0),
    ),
};

type Padding = [before: number, after: number];

function eachAxis(
  webgl: Webgl,
  x: TensorInfo,
  paddings: readonly Padding[],
  grow: (folded: TensorInfo, padding: Padding) => TensorInfo,
): TensorInfo {
  const size = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);
  let padded = reshape(webgl, x, x.shape);
  paddings.forEach(([before, after], axis) => {
    if (before === 0 && after === 0) return;
    const { shape } = padded;
    const dim = shape[axis] as number;
    const folded = reshape(webgl, padded, [size(shape.slice(0, axis)), dim, size(shape.slice(axis + 1))]);
    const grown = grow(folded, [before, after]);
    const whole = shape.map((length, i) => (i === axis ? length + before + after : length));
    const next = reshape(webgl, grown, whole);
    for (const info of [padded, folded, grown]) webgl.disposeIntermediateTensorInfo(info);
    padded = next;
  });
  return padded;
}

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
