'use client';
import { createContext, use } from 'react';
import type { Point } from '@/lib/layout/boxes';

/** Looking around the canvas, for those outside of it. While there is no canvas, nothing happens. */
export interface View {
  /** As a document is seen when it is opened; the palette gives way to it where it may. */
  open(options?: { readonly mayFold: boolean }): void;
  /** Shows some items whole, or everything. */
  fit(options?: FitOptions): void;
  /** Brings items into view where they are not, at the zoom there is. */
  show(ids: readonly string[]): void;
  zoomIn(): void;
  zoomOut(): void;
  /** The middle of what is seen. */
  middle(): Point;
  /** Where on the canvas a place of the screen is. */
  at(screen: Point): Point;
}

interface FitOptions {
  readonly ids?: readonly string[];
  readonly maxZoom?: number;
  /** Room around, in shares of the view. */
  readonly padding?: number;
  /** Milliseconds. */
  readonly duration?: number;
}

interface AttachableView extends View {
  /** The canvas that is there from now on; gives a function that takes it away. */
  attach(view: View): () => void;
}

export function createView(): AttachableView {
  let canvas: View | undefined;
  return {
    open: (options) => canvas?.open(options),
    fit: (options) => canvas?.fit(options),
    show: (ids) => canvas?.show(ids),
    zoomIn: () => canvas?.zoomIn(),
    zoomOut: () => canvas?.zoomOut(),
    middle: () => canvas?.middle() ?? [0, 0],
    at: (screen) => canvas?.at(screen) ?? [0, 0],
    attach(view) {
      canvas = view;
      return () => {
        if (canvas === view) canvas = undefined;
      };
    },
  };
}

export const ViewContext = createContext<AttachableView>(createView());
export const useView = (): AttachableView => use(ViewContext);

/** Where a node stands in the middle of what is seen. */
export function middleOf(view: View): Point {
  const [x, y] = view.middle();
  return [x - 60, y - 20];
}
