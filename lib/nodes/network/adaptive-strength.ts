import type { Tensor, Tensors, Tf } from '../define';
import { offTape } from '../off-tape';

/**
 * How strongly images are changed, p in [0, 1], moved by r = E[sign D] of what D is shown of real data: up above the
 * target, where D knows its data by heart, and down below it. Karras et al. 2020 (ADA), section 3.1.
 */
export const strengthBuffers = () =>
  [{ name: 'p', shape: [1], init: { type: 'constant', value: 0 } }] as const;

/** What `moveStrength` reads of a batch: the mean sign of scores, taken off the tape, and how many rows it has. */
export const observeSigns = (tf: Tf, rows: number, scores: () => Tensor): Tensors => ({
  sign: offTape(tf, () => tf.reshape(tf.mean(tf.sign(scores())), [1])),
  rows: tf.fill([1], rows),
});

/** `count` examples move p from 0 to 1. */
export const moveStrength = (
  tf: Tf,
  { target, count }: { readonly target: number; readonly count: number },
  { p }: Tensors,
  { sign, rows }: Tensors,
): Tensors => ({
  p: tf.clipByValue(
    tf.add(p as Tensor, tf.mul(tf.sign(tf.sub(sign as Tensor, target)), tf.div(rows as Tensor, count))),
    0,
    1,
  ),
});

/** The same in PyTorch, for modules to extend. */
export const adaptiveStrength = `class AdaptiveStrength(nn.Module):
    """p, which \`advance\` moves by the scores of real data that forward saw first (ADA)."""

    def __init__(self, target, count):
        super().__init__()
        self.target, self.count, self.seen = target, count, None
        self.register_buffer("p", torch.zeros(1))

    def see(self, scores, rows):
        if self.seen is None:
            with torch.no_grad():
                sign = scores().sign().mean()
            self.seen = torch.stack([sign, torch.full_like(sign, rows)])

    @torch.no_grad()
    def advance(self):
        if self.seen is not None:
            sign, rows = averaged([self.seen])[0]
            self.p.add_((sign - self.target).sign() * rows * WORLD / self.count).clamp_(0, 1)
        self.seen = None
`;
