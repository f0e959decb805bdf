import * as z from 'zod';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor } from '../define';
import { kernelInitialiser } from '../initialise';
import { kernelParams } from '../kernel';
import { attend } from '../operations';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/** Queries, keys and values have an eighth of the channels, as in SAGAN. */
const innerOf = (channels: number): number => Math.max(1, Math.floor(channels / 8));

/** One head over all places. γ starts at 0: the layer starts as the identity. */
export const selfAttention = defineLayer({
  kind: 'self-attention',
  role: 'layer',
  title: 'Self-attention',
  category: 'Layers',
  place: ['network'],
  summary:
    'Lets every place of an image look at every other, so that far parts agree; starts as the identity.',
  formula: 'y = x + \\gamma\\, \\operatorname{softmax}\\!\\left(x Q (x K)^\\top\\right) x V O',
  source: { label: 'Zhang et al. 2019 (SAGAN)', url: 'https://arxiv.org/abs/1805.08318' },
  aliases: ['non-local', 'transformer', 'attend', 'sagan', 'biggan'],
  params: z.strictObject({ init: kernelParams.init, initScale: kernelParams.initScale }),
  // Numbers of a size at which the gradients of queries and keys are well above float32's rounding.
  examples: [
    { inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] }, within: [-1, 1] },
    {
      params: { init: 'orthogonal' },
      inputs: { in: [1, 3, 16] },
      outputs: { out: [1, 3, 16] },
      within: [-1, 1],
    },
    {
      params: { init: 'glorot-uniform' },
      inputs: { in: [3, 2] },
      outputs: { out: [3, 2] },
      within: [-1, 1],
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    if (input.dims.length < 2)
      return problem({
        code: 'rank-mismatch',
        port: 'in',
        message: `Self-attention looks from place to place, but ${formatDims(input.dims)} is one place.`,
        hint: 'Use it on images or sequences.',
      });
    return { out: input };
  },
  cost(_, inputs) {
    const { dims } = shapeAt(inputs, 'in');
    const [places, channels] = [sizeOf(dims.slice(0, -1)), dims.at(-1) as number];
    const inner = innerOf(channels);
    return 4 * places * channels * inner + 2 * places ** 2 * inner;
  },
  weights({ init, initScale }, inputs) {
    const channels = shapeAt(inputs, 'in').dims.at(-1) as number;
    const inner = innerOf(channels);
    const matrix = (name: string, rows: number, columns: number) =>
      ({ name, shape: [rows, columns], init: kernelInitialiser(init, rows, columns, initScale) }) as const;
    return [
      matrix('query', channels, inner),
      matrix('key', channels, inner),
      matrix('value', channels, inner),
      matrix('out', inner, channels),
      { name: 'gamma', shape: [1], init: { type: 'constant', value: 0 } },
    ];
  },
  differentiable: 2,
  apply(tf, { weights, inputs }) {
    const x = tensorAt(inputs, 'in');
    const [rows, channels] = [x.shape[0] as number, x.shape.at(-1) as number];
    const flat = tf.reshape(x, [-1, channels]); // [rows·places, C]
    const three = tf.concat(
      ['query', 'key', 'value'].map((name) => weights[name] as Tensor),
      1,
    );
    const joint = tf.reshape(tf.matMul(flat, three), [rows, -1, three.shape[1] as number]); // [rows, places, 3C/8]
    const seen = attend(tf, joint);
    // γ on the matrix, not on what comes out of it: far fewer numbers.
    const weighted = tf.mul(weights.gamma as Tensor, weights.out as Tensor);
    const out = tf.matMul(tf.reshape(seen, [flat.shape[0] as number, -1]), weighted);
    return { outputs: { out: tf.add(x, tf.reshape(out, x.shape)) } };
  },
  torch: {
    module({ shapes }) {
      const channels = shapeAt(shapes.inputs, 'in').dims.at(-1) as number;
      const inner = innerOf(channels);
      const matrix = (rows: number, columns: number) => `nn.Parameter(torch.zeros(${rows}, ${columns}))`;
      const three = ['query', 'key', 'value'].map((name) => `'${name}': ${matrix(channels, inner)}`);
      return `nn.ParameterDict({${three.join(', ')}, 'out': ${matrix(inner, channels)}, 'gamma': nn.Parameter(torch.zeros(1))})`;
    },
    forward({ self, inputs }) {
      const by = (name: string) => `(t @ ${self}['${name}'])`;
      const attention = `(${by('query')} @ ${by('key')}.transpose(1, 2)).softmax(2)`;
      const seen = `(${attention} @ ${by('value')} @ ${self}['out']).transpose(1, 2).reshape(x.shape)`;
      return {
        out: `(lambda x, t: x + ${self}['gamma'] * ${seen})(*(lambda x: (x, x.flatten(2).transpose(1, 2)))(${expressionAt(inputs, 'in')}))`,
      };
    },
    state: {
      query: { name: 'query' },
      key: { name: 'key' },
      value: { name: 'value' },
      out: { name: 'out' },
      gamma: { name: 'gamma' },
    },
  },
});
