'use client';
import { createContext, use } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Reading } from '@/lib/check/readings';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import type { Part } from '@/lib/draw/zoom';

/**
 * What a run shows on the canvas, given from outside: views are drawn into a canvas without React, metrics
 * come as text. Without a run there is nothing to show.
 */
export interface Live {
  /**
   * Draws the view's latest picture now and at every new one, until the function that it returns is called; with
   * `zoom` the part of it that is looked at, which wheel and drags over the canvas change.
   */
  renderView(node: string, canvas: HTMLCanvasElement, zoom?: ZoomStore): () => void;
  /** Passes on a metric's latest number as text and its course as an SVG path in 60 × 16, now and at every new one. */
  watchReading(reading: Shown, show: (text: string, course: string) => void): () => void;
  /** Passes on what a call that judges gave last, or at the iteration that is looked at, as text; empty without a run. */
  watchScore(call: string, show: (text: string) => void): () => void;
  /** Passes on the loss that a player had last, as text; empty without a run. */
  watchLoss(player: string, show: (text: string) => void): () => void;
  /** Passes on the last number of a layer, and which it is; undefined without one. */
  watchTint(
    layer: string,
    show: (value: number | undefined, figure: LayerFigure | undefined) => void,
  ): () => void;
  /** Passes on how far the run is, or what is looked at of it, as a share of its target, and whether it runs; undefined without a run. */
  watchRun(show: (run: RunNow | undefined) => void): () => void;
}

/** What of a picture is looked at: `part` undefined is all, `whole` undefined a picture that has no parts. */
export type ZoomStore = StoreApi<{ readonly part: Part | undefined; readonly whole: Part | undefined }>;

interface RunNow {
  readonly isRunning: boolean;
  /** An iteration that is over is looked at. */
  readonly isPast: boolean;
  /** Of which iteration the numbers of layers are, where they are of the past. */
  readonly tintedAt?: number | undefined;
  readonly progress: number;
}

type Shown = Pick<Reading, 'series'> & { readonly [K in 'unit' | 'total']: Reading[K] | undefined };

const none = () => () => {};
const nothing: Live = {
  renderView: none,
  watchReading: none,
  watchScore: none,
  watchLoss: none,
  watchTint: none,
  watchRun: none,
};

export const LiveContext = createContext<Live>(nothing);
export const useLive = (): Live => use(LiveContext);
