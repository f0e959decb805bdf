'use client';
import { createContext, use, useEffect, useState } from 'react';

/**
 * What a run shows on the canvas, given from outside: views are drawn into a canvas without React, metrics
 * come as a line of text. Without a run there is nothing to show.
 */
export interface Live {
  /** Draws the view's latest picture now and at every new one, until the function that it returns is called. */
  renderView(node: string, canvas: HTMLCanvasElement): () => void;
  /** Passes on the metric's latest reading, now and at every new one. */
  readMetric(node: string, show: (text: string | undefined) => void): () => void;
}

const nothing: Live = { renderView: () => () => {}, readMetric: () => () => {} };

export const LiveContext = createContext<Live>(nothing);
export const useLive = (): Live => use(LiveContext);

export function useReading(node: string): string | undefined {
  const live = useLive();
  const [text, setText] = useState<string>();
  useEffect(() => live.readMetric(node, setText), [live, node]);
  return text;
}
