import type { Cost } from '@/lib/check/checked';
import { type BackendName, backendNames } from '@/lib/engine/backend-name';
import {
  addTiming,
  candidates,
  costClass,
  offerSwitch,
  readTimings,
  suggestBackend,
  type Timings,
  worthMeasuring,
} from '@/lib/engine/choose';
import type { Machine } from '@/lib/engine/gpu';
import type { KeyValue } from './kept-runs';

/** Which backend a game runs on, why, and what was measured. */
export interface BackendChoice {
  readonly backend: BackendName | undefined;
  /** In words, for the person: `no hardware GPU is reported`. */
  readonly why: string;
  /** Picked by the person, not by measurements. */
  readonly isManual: boolean;
  /** A graphics backend that the processor imitates: too slow to try out. */
  readonly isSoftware: boolean;
  readonly available: readonly BackendName[];
  /** Not timed yet on this machine for a game of this size. */
  readonly unmeasured: readonly BackendName[];
  readonly measuring: BackendName | undefined;
  readonly figures: Figures;
  /** A backend that would be clearly faster than the one in use. */
  readonly faster: { readonly backend: BackendName; readonly speedup: number } | undefined;
}

/** Milliseconds per iteration; null where a backend cannot train such a game. */
export type Figures = { readonly [name in BackendName]?: number | null };

export const noChoice: BackendChoice = {
  backend: undefined,
  why: '',
  isManual: false,
  isSoftware: false,
  available: [],
  unmeasured: [],
  measuring: undefined,
  figures: {},
  faster: undefined,
};

export interface BackendGuide {
  /** For a game of this cost: a preference, else what was measured before, else what the machine reports. */
  choose(cost: Cost): BackendChoice;
  /** Keeps what was measured for games of this cost; `current` is in use and stays so. */
  learn(cost: Cost, figures: Figures, current: BackendName): BackendChoice;
  prefer(name: BackendName | 'auto'): void;
}

const TIMINGS_KEY = 'ganvas-speed';
const PREFERENCE_KEY = 'ganvas-backend';

/** The machine is described when it is first asked for: that opens a WebGL context. */
export function createBackendGuide(describe: () => Machine, storage: KeyValue): BackendGuide {
  let known: Machine | undefined;
  const machine = () => {
    known ??= describe();
    return known;
  };
  const timings = (): Timings => {
    try {
      return readTimings(JSON.parse(storage.getItem(TIMINGS_KEY) ?? '{}'));
    } catch {
      return {}; // Written by something else: measured again.
    }
  };
  /** `backend 1e7`: tried in this page and failed. */
  const failed = new Set<string>();
  const failKey = (name: BackendName, cost: Cost) => `${name} ${costClass(cost.multiplyAdds)}`;

  const figuresOf = (cost: Cost): Figures => {
    const figures: { [name in BackendName]?: number | null } = {};
    for (const name of candidates(machine())) {
      const time = timeOf(timings(), machine(), cost, name);
      if (time !== undefined) figures[name] = time;
      else if (failed.has(failKey(name, cost))) figures[name] = null;
    }
    return figures;
  };

  const guide: BackendGuide = {
    choose(cost) {
      const preference = storage.getItem(PREFERENCE_KEY);
      const available = candidates(machine());
      const picked = backendNames.find((name) => name === preference && available.includes(name));
      const { backend } = suggestBackend(machine(), cost.multiplyAdds, timings());
      const inUse = picked ?? backend;
      const figures = figuresOf(cost);
      const count = Object.values(figures).filter((time) => typeof time === 'number').length;
      // One figure compares with nothing; the machine is then the reason.
      const reason =
        count > 1
          ? `fastest of ${count} measured here`
          : suggestBackend(machine(), cost.multiplyAdds, {}).reason;
      return {
        backend: inUse,
        why: picked ? 'your choice' : reason,
        isManual: picked !== undefined,
        isSoftware: inUse === 'webgl' && machine().gpu?.hardware !== true,
        available,
        unmeasured: worthMeasuring(machine(), inUse).filter((name) => figures[name] === undefined),
        measuring: undefined,
        figures,
        faster: undefined,
      };
    },
    learn(cost, figures, current) {
      let next = timings();
      for (const name of backendNames) {
        const time = figures[name];
        if (typeof time === 'number') next = addTiming(next, machine(), cost.multiplyAdds, name, time);
        if (time === null) failed.add(failKey(name, cost));
      }
      storage.setItem(TIMINGS_KEY, JSON.stringify(next));
      const choice = guide.choose(cost);
      const faster = choice.isManual ? undefined : offerSwitch(current, machine(), cost.multiplyAdds, next);
      // The run keeps its backend; what is fastest is then the offer's to say.
      const isBest = choice.backend === current;
      const why = isBest ? choice.why : suggestBackend(machine(), cost.multiplyAdds, {}).reason;
      return { ...choice, backend: current, faster, why };
    },
    prefer(name) {
      if (name === 'auto') storage.removeItem(PREFERENCE_KEY);
      else storage.setItem(PREFERENCE_KEY, name);
    },
  };
  return guide;
}

/** The remembered milliseconds of one backend, under the key that `remember` gives it. */
function timeOf(timings: Timings, machine: Machine, cost: Cost, name: BackendName): number | undefined {
  const key = Object.keys(addTiming({}, machine, cost.multiplyAdds, name, 1))[0];
  return key === undefined ? undefined : timings[key]?.[name];
}
