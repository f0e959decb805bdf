import type { ReactNode } from 'react';
import type { Plan } from '@/lib/compile/plan';
import type { SampleField } from './sample-field';
import type { Output } from './use-generator';
import type { Latent, Point } from './use-latent';

/** What the tools share. */
export interface ToolProps {
  readonly plan: Plan;
  readonly of: Output['ref'];
  readonly latent: Latent;
  readonly weights: 'live' | 'ema';
  readonly origin: Point;
  readonly onOrigin: (point: Point) => void;
  /** Draws the grid: what a press means is the tool's. */
  readonly grid: (props: GridProps) => ReactNode;
}

/** What a press on a sample means, how the samples stand, and what is drawn beside them. */
export interface GridProps {
  readonly onPick: (index: number) => void;
  readonly isPressed?: (index: number) => boolean;
  readonly mark?: (index: number) => string | undefined;
  readonly path?: Parameters<typeof SampleField>[0]['path'];
  readonly current?: Parameters<typeof SampleField>[0]['current'];
}

/** Whether two are the same noise, number by number. */
export const same = (a: Float32Array | undefined, b: Float32Array): boolean =>
  a?.length === b.length && a.every((value, i) => value === b[i]);

/** Whether samples at two points are made from the same numbers. */
export const samePoint = (a: Point | undefined, b: Point | undefined): boolean =>
  a && b
    ? same(a.z, b.z) && Object.entries(b.rest).every(([key, values]) => same(a.rest[key], values))
    : a === b;
