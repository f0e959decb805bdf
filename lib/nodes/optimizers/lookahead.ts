import * as z from 'zod';
import { defineAveraging } from '../define';
import { liveParam, param, scheduledCaption } from '../params';

/** Zhang et al. 2019, as Chavdarova et al. play it: all players are drawn back at once, after whole iterations. */
export const lookahead = defineAveraging({
  kind: 'lookahead',
  role: 'averaging',
  title: 'Lookahead',
  category: 'Optimizers',
  place: ['game'],
  summary:
    'Every few iterations, draws networks back to where they stood before, a share of the way: games that turn come to rest.',
  formula:
    '\\theta, \\bar\\theta \\leftarrow \\bar\\theta + \\alpha\\, (\\theta - \\bar\\theta) \\text{ every } k \\text{ iterations}',
  source: { label: 'Chavdarova et al. 2021 (Lookahead-minimax)', url: 'https://arxiv.org/abs/2006.14567' },
  aliases: ['optimizer', 'slow weights', 'averaging', 'minimax', 'rotation', 'backtrack'],
  params: z.strictObject({
    steps: param(z.int().min(1).max(100_000).default(5), {
      label: 'Steps k',
      help: 'Iterations between two draws back.',
      unit: 'iterations',
      step: 1,
    }),
    alpha: liveParam(z.number().min(0).max(1), 0.5, {
      label: 'Share α',
      help: 'How much of the way is kept: 1 draws nothing back, 0 all.',
      step: 0.05,
    }),
  }),
  caption: ({ steps, alpha }) => `k ${steps} · α ${scheduledCaption(alpha)}`,
  inputs: () => [
    {
      name: 'theta',
      type: 'theta',
      many: true,
      help: 'The networks that are drawn back together: those of all players.',
    },
  ],
  outputs: () => [],
  follow(tf, { params: { steps, alpha }, theta, slow, iteration }) {
    if (iteration % steps !== 0) return undefined;
    const next = tf.add(slow, tf.mul(tf.sub(theta, slow), alpha));
    return { theta: next, slow: next };
  },
  torch: ({ steps, alpha }) => ({
    when: `(clock.iteration + 1) % ${steps} == 0`,
    next: `slow + ${alpha} * (theta - slow)`,
  }),
});
