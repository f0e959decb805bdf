import type { CompiledGame } from '@/lib/compile/tf/game';
import type { Seen } from '@/lib/compile/tf/xray';
import { reasonOf } from '@/lib/util/reason-of';
import { createGlimpses, type Glimpses } from './glimpses';
import { pullsOf, type Summary, summarise } from './summary';

/** What is opened, as the page shows it. */
export interface XrayReport {
  readonly iteration: number;
  readonly xrays: readonly Xray[];
  /** Why nothing could be seen: too little memory, say. */
  readonly problem?: string;
}

export interface Xray {
  /** `node.port` of an output, or the node of a layer with its weights. */
  readonly target: string;
  /** What passes the output: once, or in each call of a layer's network. Empty where nothing evaluates it. */
  readonly flows: readonly XrayFlow[];
  readonly weights: readonly XrayWeight[];
}

interface XrayFlow {
  readonly call?: string;
  readonly value: Summary;
  /** ∂J/∂ of each number, J the loss of a player; absent for a player that does not evaluate it. */
  readonly gradients: Readonly<Record<string, Summary>>;
}

interface XrayWeight {
  readonly name: string;
  readonly value: Summary;
  /** The step that each player which moves it would take now. */
  readonly changes: Readonly<Record<string, Summary>>;
}

/** X-rays take at most a fifth of the time. */
const SHARE = 0.2;

export type Xrayer = Glimpses<readonly string[], XrayReport>;

export function createXrayer(game: CompiledGame, clock: () => number): Xrayer {
  const glimpses = createGlimpses<readonly string[], XrayReport>({
    share: SHARE,
    clock,
    take: (targets) => takeXrays(game, targets),
  });
  return { ...glimpses, open: (targets) => glimpses.open(targets.length > 0 ? targets : undefined) };
}

/** What is opened, in a game as it stands. */
export async function takeXrays(game: CompiledGame, targets: readonly string[]): Promise<XrayReport> {
  const { iteration } = game.counters;
  try {
    const seen = await game.xray(targets);
    return { iteration, xrays: targets.map((target) => xrayOf(target, seen)) };
  } catch (error) {
    return { iteration, xrays: [], problem: reasonOf(error) };
  }
}

function xrayOf(target: string, all: readonly Seen[]): Xray {
  const seen = all.filter((each) => each.target === target);
  const byPlayer = (of: readonly Seen[], summary: (seen: Seen) => Summary) =>
    Object.fromEntries(of.map((each) => [each.player ?? '', summary(each)]));
  return {
    target,
    flows: seen
      .filter(({ what }) => what === 'value')
      .map(({ call, data }) => ({
        ...(call !== undefined && { call }),
        value: summarise(data),
        gradients: byPlayer(
          seen.filter((each) => each.what === 'gradient' && each.call === call),
          (each) => summarise(each.data, arePoints(data) ? pullsOf(data, each.data) : undefined),
        ),
      })),
    weights: seen
      .filter(({ what }) => what === 'weight')
      .map(({ name = '', data }) => ({
        name,
        value: summarise(data, 'histogram'),
        changes: byPlayer(
          seen.filter((each) => each.what === 'change' && each.name === name),
          (each) => summarise(each.data, 'histogram'),
        ),
      })),
  };
}

const arePoints = ({ dims }: Seen['data']): boolean => dims.length === 2 && dims[1] === 2;
