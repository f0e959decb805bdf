import type { GameResult, Gate, SideId, SideResult } from './results';
import { pairedRatio, type Summary } from './summary';

/** What must hold, per game, as bars on ratios. */
interface Bar {
  readonly name: string;
  readonly games: readonly string[];
  /** The value is time of `over` / time of `under`, or the kernel calls of `kernels`. */
  readonly of: { readonly over: SideId; readonly under: SideId } | { readonly kernels: SideId };
  readonly bar: Gate['bar'];
  readonly stretch?: true;
}

const plane = ['mlp-2d', 'mlp-2d-gp', 'gan-lab'];
const dcgans = ['dcgan-28', 'dcgan-28-wide', 'dcgan-32'];
const perceptrons = [...plane, 'mlp-784'];
const all = [...perceptrons, ...dcgans, 'wgan-gp-28'];
const overByHand = { over: 'by-hand', under: 'ours' } as const;
const overPytorch = { over: 'ours', under: 'pytorch' } as const;
const onWebgl = { over: 'webgl-by-hand', under: 'webgl-ours' } as const;

export const bars: readonly Bar[] = [
  { name: 'times as fast as by hand', games: plane, of: overByHand, bar: { atLeast: 2.5 } },
  { name: "times PyTorch's time", games: ['mlp-784'], of: overPytorch, bar: { atMost: 3.5 } },
  { name: "times PyTorch's time", games: dcgans, of: overPytorch, bar: { atMost: 5 } },
  { name: 'times as fast as by hand', games: dcgans, of: overByHand, bar: { atLeast: 10 } },
  {
    name: 'times as fast as WebGL by hand',
    games: dcgans,
    of: { over: 'webgl-by-hand', under: 'ours' },
    bar: { atLeast: 25 },
  },
  { name: 'on WebGL, times as fast as by hand', games: perceptrons, of: onWebgl, bar: { atLeast: 1.3 } },
  {
    name: 'on WebGL, times as fast as by hand',
    games: [...dcgans, 'wgan-gp-28'],
    of: onWebgl,
    bar: { atLeast: 1 },
  },
  { name: 'kernel calls', games: ['dcgan-28'], of: { kernels: 'ours' }, bar: { atMost: 300 } },
  { name: 'kernel calls', games: ['mlp-2d'], of: { kernels: 'ours' }, bar: { atMost: 220 } },
  { name: 'times as fast as by hand', games: plane, of: overByHand, bar: { atLeast: 4 }, stretch: true },
  { name: "times PyTorch's time", games: all, of: overPytorch, bar: { atMost: 3 }, stretch: true },
];

export const judgeAll = (results: readonly GameResult[]): Gate[] =>
  bars.flatMap((bar) =>
    bar.games.flatMap((game) => {
      const result = results.find((one) => one.game === game);
      return result ? [judge(bar, result)] : [];
    }),
  );

function judge({ name, of, bar, stretch }: Bar, { game, sides }: GameResult): Gate {
  const gate = { name, game, bar, ...(stretch && { stretch }) };
  if ('kernels' in of) {
    const side = sides[of.kernels];
    const value = side?.type === 'measured' ? side.kernels : undefined;
    return value === undefined ? gate : { ...gate, value, passed: holds(bar, value) };
  }
  const ratio = ratioOf(sides[of.over], sides[of.under]);
  if (ratio) return { ...gate, value: ratio.median, passed: holds(bar, ratio.median) };
  const [over, under] = [sides[of.over], sides[of.under]];
  // Only the slower side of a ratio may be a bound: the ratio then is one too.
  if (under?.type !== 'measured' || over?.type !== 'longer-than') return gate;
  const value = over.milliseconds / under.median;
  const isHeld = 'atLeast' in bar && holds(bar, value);
  return { ...gate, value, isBound: true, ...(isHeld && { passed: true }) };
}

/** How many times as long as one side another took, where both were measured. */
export const ratioOf = (over: SideResult | undefined, under: SideResult | undefined): Summary | undefined =>
  over?.type === 'measured' && under?.type === 'measured'
    ? pairedRatio(over.samples, under.samples)
    : undefined;

const holds = (bar: Gate['bar'], value: number): boolean =>
  'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;

/** Of an injected slowdown by half, so much at least must be seen. */
const LEAST_SEEN = 1.2;

/** Games in which the injected slowdown was not seen, of those in which it was tried. */
export const missedControls = (results: readonly GameResult[]): string[] =>
  results
    .filter(({ sides: { ours, control } }) => control !== undefined && ours?.type === 'measured')
    .filter(({ sides: { ours, control } }) => !((ratioOf(control, ours)?.median ?? 0) >= LEAST_SEEN))
    .map(({ game }) => game);
