import type { Cost } from '@/lib/check/checked';
import type { BackendName } from '@/lib/engine/backend-name';

/** Which backend a game runs on, why, and what was measured. */
export interface Choice {
  readonly backend: BackendName | undefined;
  /** In words, for the person: `fastest of 3 here`. */
  readonly why: string;
  /** Picked by the person, not by measurements. */
  readonly isManual: boolean;
  readonly available: readonly BackendName[];
  /** Not timed yet on this machine for a game of this size. */
  readonly unmeasured: readonly BackendName[];
  readonly measuring: BackendName | undefined;
  /** Milliseconds per iteration; null where a backend cannot train such a game. */
  readonly figures: { readonly [name in BackendName]?: number | null };
  /** A backend that would be clearly faster than the one in use. */
  readonly faster: { readonly backend: BackendName; readonly factor: number } | undefined;
}

export const noChoice: Choice = {
  backend: undefined,
  why: '',
  isManual: false,
  available: [],
  unmeasured: [],
  measuring: undefined,
  figures: {},
  faster: undefined,
};

export interface BackendGuide {
  /** For a game of this cost: what was measured before decides, else what the machine reports. */
  choose(cost: Cost): Promise<Choice>;
  /** Keeps what was measured for games of this cost; `current` is in use and stays so. */
  learn(
    cost: Cost,
    figures: { readonly [name in BackendName]?: number | null },
    current: BackendName,
  ): Choice;
  prefer(name: BackendName | 'auto'): void;
}
