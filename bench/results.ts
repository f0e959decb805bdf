import type { CanvasResults } from './canvas/run';
import type { Clock } from './handles/handle';
import type { LineFit, PowerFit, Summary } from './summary';

/** What a run of the bench writes, and all that is made of it reads. Times are milliseconds per iteration. */
export interface Results {
  readonly date: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number };
  readonly versions: Readonly<Record<string, string>>;
  /** What WebGL draws with. */
  readonly renderer?: string;
  readonly clock: Clock;
  readonly repeats: number;
  readonly seconds: number;
  readonly games: readonly GameResult[];
  readonly gates: readonly Gate[];
}

export interface GameResult {
  readonly game: string;
  /** Of one iteration, as the check counts them. */
  readonly multiplyAdds?: number;
  readonly sides: { readonly [side in SideId]?: SideResult };
}

export type SideResult = Measured | Bounded | Absent;

export interface Measured extends Summary {
  readonly type: 'measured';
  readonly samples: readonly number[];
  /** Iterations per sample. */
  readonly iterations: number;
  /** Kernel calls per iteration. */
  readonly kernels?: number;
}
/** Given up: one iteration takes longer than this. */
export interface Bounded {
  readonly type: 'longer-than';
  readonly milliseconds: number;
}
export interface Absent {
  readonly type: 'absent';
  readonly reason: string;
}

export const sideIds = [
  'ours',
  'control',
  'pytorch',
  'by-hand',
  'off',
  'chromium-ours',
  'chromium-by-hand',
  'webgl-ours',
  'webgl-by-hand',
  'webgpu-ours',
  'webgpu-by-hand',
  'pytorch-gpu',
] as const;
export type SideId = (typeof sideIds)[number];

/** Those that any machine can run; Node's by-hand stands for Chromium's. */
export const defaultSides: readonly SideId[] = [
  'ours',
  'control',
  'pytorch',
  'by-hand',
  'off',
  'chromium-ours',
  'webgl-ours',
  'webgl-by-hand',
];

/** On a GPU: also those that are pointless without one. */
export const gpuSides: readonly SideId[] = [...defaultSides, 'webgpu-ours', 'webgpu-by-hand', 'pytorch-gpu'];

export interface Gate {
  readonly name: string;
  readonly game: string;
  /** `atLeast` and `atMost` are bars; a stretch is reported and bars nothing. */
  readonly bar: { readonly atLeast: number } | { readonly atMost: number };
  readonly stretch?: true;
  /** Undefined where a side of it was not measured. `isBound`: the true value is further on the good side. */
  readonly value?: number;
  readonly isBound?: true;
  readonly passed?: boolean;
}

/** Time as a game grows along one axis. */
export interface Scaling {
  readonly machine: Results['machine'];
  readonly versions: Results['versions'];
  readonly axes: readonly {
    readonly name: string;
    readonly unit: string;
    readonly points: readonly (Summary & { readonly value: number; readonly multiplyAdds: number })[];
    /** Milliseconds against multiply-adds. */
    readonly fit: PowerFit;
    /** Milliseconds as a fixed part and a part per multiply-add. */
    readonly line: LineFit;
  }[];
}

/** Time without each optimisation over time with it. */
export interface Levers {
  readonly machine: Results['machine'];
  readonly versions: Results['versions'];
  readonly levers: readonly string[];
  /** A ratio per lever. */
  readonly games: readonly { readonly game: string; readonly ratios: readonly Summary[] }[];
}

/** How fast layers multiply and add. */
export interface Layers {
  readonly machine: Results['machine'];
  readonly versions: Results['versions'];
  readonly layers: readonly {
    readonly layer: string;
    readonly input: string;
    /** Multiply-adds per second. */
    readonly rate: Summary;
    /** Over that of conv2d. */
    readonly ratio: Summary;
  }[];
}

/** Opening and moving large graphs. */
export interface Canvas extends CanvasResults {
  readonly machine: Results['machine'];
  readonly versions: Results['versions'];
}

/** What a long run holds, from time to time. */
export interface MemoryResult {
  readonly game: string;
  readonly machine: Results['machine'];
  readonly versions: Results['versions'];
  readonly looks: readonly {
    readonly iteration: number;
    readonly tensors: number;
    readonly bytes: number;
    /** Bytes of the WASM heap, which never shrinks. */
    readonly heap: number;
  }[];
  readonly isFlat: boolean;
}
