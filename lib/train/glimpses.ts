/** Looks into a run that somebody has asked for, within a share of its time. */
export interface Glimpses<Asked, Report> {
  /** What is looked at from now on. */
  open(asked: Asked): void;
  /** A look, if something is asked for and it is time. */
  due(): Promise<Report | undefined>;
  now(): Promise<Report | undefined>;
}

interface Options<Asked, Report> {
  readonly take: (asked: Asked) => Promise<Report>;
  /** Of the run's time, at most. */
  readonly share: number;
  readonly clock: () => number;
}

/** Milliseconds between two looks, at least. */
const EVERY = 200;

/** While nothing is asked for (undefined) nothing is looked at. */
export function createGlimpses<Asked, Report>(
  options: Options<Asked, Report>,
): Glimpses<Asked | undefined, Report> {
  const { take, share, clock } = options;
  let asked: Asked | undefined;
  let next = Number.NEGATIVE_INFINITY;

  async function now(): Promise<Report | undefined> {
    if (asked === undefined) return undefined;
    const before = clock();
    const report = await take(asked);
    const after = clock();
    next = after + Math.max(EVERY, (after - before) / share);
    return report;
  }

  return {
    open(other) {
      asked = other;
      next = Number.NEGATIVE_INFINITY;
    },
    due: async () => (asked !== undefined && clock() >= next ? now() : undefined),
    now,
  };
}
