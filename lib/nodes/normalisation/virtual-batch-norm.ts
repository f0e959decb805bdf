import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineLayer, problem, type Tensor, type Tf } from '../define';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { channelWeights, epsilonParam } from './per-example';

/**
 * μ and σ² over n reference examples and the example itself, each with the same weight. The variance is put
 * together from those of both sides, which is E[x²] - μ² without the difference of two large numbers. The
 * reference batch itself is normalised by its own moments.
 */
export const virtualBatchNorm = defineLayer({
  kind: 'virtual-batch-norm',
  role: 'layer',
  title: 'Virtual batch norm',
  category: 'Normalisation',
  place: ['network'],
  summary:
    'Normalises each example by a fixed reference batch and itself, so that no example depends on others.',
  formula:
    'y = \\gamma\\, \\frac{x - \\mu}{\\sqrt{\\overline{x^2} - \\mu^2 + \\varepsilon}} + \\beta, \\quad \\mu = \\frac{\\mu_x + n \\mu_{\\text{ref}}}{n + 1}',
  source: { label: 'Salimans et al. 2016', url: 'https://arxiv.org/abs/1606.03498' },
  aliases: ['vbn', 'reference batch', 'normalise'],
  traits: {
    alone: {
      severity: 'error',
      overSpace: true,
      says: 'has a reference batch of one example too, and keeps no more than which of both is larger',
    },
  },
  params: z.strictObject({ epsilon: epsilonParam(z.number(), 1e-5) }),
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { epsilon: 1e-3 }, inputs: { in: [2, 3, 2] }, outputs: { out: [2, 3, 2] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    if (input.batch === 'one' && input.dims.length === 1)
      return problem({
        code: 'batch-too-small',
        port: 'in',
        message:
          'Virtual batch norm gets a single row, so its reference batch is one row too: it has no variance.',
        hint: 'Put it before what makes one row of the batch.',
      });
    return { out: input };
  },
  cost: (_, inputs) => 6 * sizeOf(shapeAt(inputs, 'in').dims),
  weights: (_, inputs) => channelWeights(inputs),
  differentiable: 2,
  reference: true,
  apply(tf, { params: { epsilon }, weights: { gamma, beta }, inputs, context: { reference } }) {
    const x = tensorAt(inputs, 'in'); // [rows, ..., C]
    const places = x.shape.slice(0, -1).map((_, axis) => axis);
    const own = moments(tf, x, reference ? places.slice(1) : places);
    const { mean, variance } = reference ? mix(tf, reference as unknown as Reference, own) : own;
    const unit = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
    const out = tf.add(tf.mul(unit, gamma as Tensor), beta as Tensor);
    const observed = { ...own, count: tf.scalar(x.shape[0] as number) };
    return { outputs: { out }, ...(!reference && { observed }) };
  },
  torch: {
    classes: [
      `class VirtualBatchNorm(nn.Module):
    """Normalises each example by a reference batch and itself.

    The first batch after \`forget\` is the reference: it is normalised by its own moments, which every later batch
    meets. So a network forgets, sends the reference batch through, then its own batch.
    """

    def __init__(self, channels, eps):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))
        self.eps, self.seen = eps, None

    @staticmethod
    def forget(network):
        for m in network.modules():
            if isinstance(m, VirtualBatchNorm):
                m.seen = None

    def forward(self, x):
        places = list(range(2, x.dim()))
        if self.seen is None:
            var, mean = torch.var_mean(x, [0, *places], correction=0, keepdim=True)
            self.seen = var, mean, len(x)
        else:
            reference, centre, n = self.seen
            var, mean = torch.var_mean(x, places, correction=0, keepdim=True) if places else (torch.zeros_like(x), x)
            apart = mean - centre
            mean = centre + apart / (n + 1)
            var = (n * reference + var) / (n + 1) + apart.square() * (n / (n + 1) ** 2)
        weight, bias = (t.view(-1, *[1] * len(places)) for t in (self.weight, self.bias))
        return weight * ((x - mean) * (var + self.eps).rsqrt()) + bias
`,
    ],
    module: ({ params: { epsilon }, shapes }) =>
      `VirtualBatchNorm(${shapeAt(shapes.inputs, 'in').dims.at(-1)}, eps=${epsilon})`,
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { gamma: { name: 'weight' }, beta: { name: 'bias' } },
  },
});

interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Moments per channel of the reference batch, [1, ..., C], and its rows n. */
interface Reference extends Moments {
  readonly count: Tensor;
}

/** Over these axes, kept as 1; over none, each number is its own mean. */
function moments(tf: Tf, x: Tensor, axes: readonly number[]): Moments {
  if (axes.length === 0) return { mean: x, variance: tf.zerosLike(x) };
  const mean = tf.mean(x, [...axes], true);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), [...axes], true) };
}

/** Of n reference examples and each example, [rows, 1, ..., C]. */
function mix(tf: Tf, reference: Reference, own: Moments): Moments {
  const { count } = reference;
  const all = tf.add(count, 1);
  const apart = tf.sub(own.mean, reference.mean);
  const within = tf.div(tf.add(tf.mul(reference.variance, count), own.variance), all);
  const between = tf.mul(tf.square(apart), tf.div(count, tf.square(all)));
  return { mean: tf.add(reference.mean, tf.div(apart, all)), variance: tf.add(within, between) };
}
