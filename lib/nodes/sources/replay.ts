import * as z from 'zod';
import { defineOp, type Tensor } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';

/**
 * A pool of `size` earlier values, filled in order while examples pass. Once it is full, each of the first `size`
 * rows has a slot of its own, drawn at random, and by a coin changes places with what is there. Earlier values
 * are constants: no gradient leads into them.
 */
export const replay = defineOp({
  kind: 'replay',
  role: 'op',
  title: 'Replay',
  category: 'Sources',
  place: ['game'],
  summary:
    'Replaces some of the newest values by earlier ones, so that D does not forget what G made before.',
  formula: 'y_i = \\begin{cases} x_i \\\\ \\text{an earlier } x & \\text{with probability } p \\end{cases}',
  source: { label: 'Shrivastava et al. 2017', url: 'https://arxiv.org/abs/1612.07828' },
  aliases: ['image pool', 'history', 'buffer', 'memory', 'cyclegan', 'experience'],
  traits: { keepsValues: true },
  params: z.strictObject({
    size: param(z.int().min(1).max(4_096).default(50), {
      label: 'Size',
      help: 'How many earlier values are kept.',
      step: 1,
    }),
    share: param(z.number().min(0).max(1).default(0.5), {
      label: 'Share p',
      help: 'The probability that an example is an earlier one, once the pool is full.',
      step: 0.05,
    }),
  }),
  caption: ({ size, share }) => `${share} of ${size}`,
  examples: [
    { inputs: { in: [4] }, outputs: { out: [4] } },
    { params: { size: 2, share: 0.9 }, inputs: { in: [2, 2, 3] }, outputs: { out: [2, 2, 3] } },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer: (_, inputs) => ({ out: shapeAt(inputs, 'in') }),
  cost: () => 0,
  differentiable: 2,
  random: true,
  buffers({ size }, inputs) {
    const zero = { type: 'constant', value: 0 } as const;
    return [
      { name: 'pool', shape: [size, ...shapeAt(inputs, 'in').dims], init: zero },
      { name: 'filled', shape: [1], init: zero },
    ];
  },
  apply(tf, { params: { size, share }, buffers, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    if (context.mode === 'eval') return { outputs: { out: x } };
    const { pool, filled } = buffers as { pool: Tensor; filled: Tensor };
    const rows = x.shape[0] as number;
    const count = Math.min(rows, size);
    // tfjs takes seed 0 for "no seed".
    const uniform = (n: number, purpose: string) =>
      tf.randomUniform([n], 0, 1, 'float32', context.seed(purpose) + 1);
    const slots = tf.topk(uniform(size, 'slots'), count).indices; // [count], no two alike
    const coins = tf.step(tf.sub(share, uniform(count, 'coins'))); // [count]
    const free = tf.add(filled, tf.range(0, count)); // [count], the next places while it fills
    const isFull = tf.step(tf.sub(filled, size - 0.5)); // [1]
    const either = (full: Tensor, filling: Tensor) =>
      tf.add(tf.mul(full, isFull), tf.mul(filling, tf.sub(1, isFull)));
    const perRow = [count, ...x.shape.slice(1).map(() => 1)];
    const swap = tf.reshape(tf.mul(coins, isFull), perRow);
    const values = count === rows ? x : tf.slice(x, 0, count);
    const given = tf.add(tf.mul(tf.gather(pool, slots), swap), tf.mul(values, tf.sub(1, swap)));
    return {
      outputs: { out: count === rows ? given : tf.concat([given, tf.slice(x, count)], 0) },
      observed: {
        values,
        places: either(tf.cast(slots, 'float32'), tf.minimum(free, size - 1)),
        isStored: either(coins, tf.step(tf.sub(size, free))),
      },
    };
  },
  advance(tf, { size }, { pool, filled }, { values, places, isStored }) {
    const count = (values as Tensor).shape[0] as number;
    const [at, stored] = [places as Tensor, isStored as Tensor];
    // Row s of the next pool is row s of this one, or row `size` + i of both together where value i goes there.
    const moved = tf.mul(stored, tf.sub(tf.range(size, size + count), at));
    const from = tf.scatterND(tf.cast(tf.reshape(at, [count, 1]), 'int32'), moved, [size]);
    const both = tf.concat([pool as Tensor, values as Tensor], 0);
    return {
      pool: tf.gather(both, tf.cast(tf.add(from, tf.range(0, size)), 'int32')),
      filled: tf.minimum(tf.add(filled as Tensor, count), size),
    };
  },
  torch: {
    classes: [
      `class Replay(nn.Module):
    """A pool of earlier values, channels last; once it is full, examples change places with some of them.

    Forward leaves the pool as it is and keeps what it saw first; \`advance\` puts that into the pool, once after each
    update that evaluated it.
    """

    def __init__(self, size, share, dims):
        super().__init__()
        self.size, self.share, self.seen = size, share, None
        self.register_buffer("pool", torch.zeros(size, *dims))
        self.register_buffer("filled", torch.zeros(1))

    def forward(self, x):
        if not self.training:
            return x
        count, filled = min(len(x), self.size), int(self.filled)
        slots = uniform(self.size).argsort(descending=True, stable=True)[:count]
        coins = uniform(count) < self.share
        values = x.movedim(1, -1)
        if filled < self.size:
            filled, start = min(filled + count, self.size), filled
            added = torch.arange(start, filled, device=x.device), values[: filled - start].detach(), filled
            self.seen = self.seen or added
            return x
        rows, places = coins.nonzero().flatten(), slots[coins]
        self.seen = self.seen or (places, values[rows].detach(), filled)
        return values.index_put((rows,), self.pool[places]).movedim(-1, 1)

    @torch.no_grad()
    def advance(self):
        if self.seen is None:
            return
        places, values, filled = self.seen
        self.pool[places] = values
        self.filled.fill_(filled)
        self.seen = None
`,
    ],
    module: ({ params: { size, share }, shapes }) =>
      `Replay(${size}, ${share}, dims=(${shapeAt(shapes.inputs, 'in')
        .dims.map((dim) => `${dim},`)
        .join(' ')}))`,
    forward: ({ self, inputs }) => ({ out: `${self}(${expressionAt(inputs, 'in')})` }),
    state: { pool: { name: 'pool' }, filled: { name: 'filled' } },
  },
});
