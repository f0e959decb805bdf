import type { Frame } from '@/lib/draw/frame';
import type { RunReport } from '@/lib/train/protocol';
import { createHistory, type History, type KeptCurves } from './history';

/** What a run has shown so far. */
export interface Results {
  readonly losses: KeptCurves;
  readonly metrics: KeptCurves;
  /** The latest of each view. */
  readonly frames: ReadonlyMap<string, Frame>;
}

/**
 * What a run sends many times a second: losses, metrics, pictures. Kept outside React; whoever draws
 * subscribes and draws once per animation frame.
 */
export interface Feed {
  /** By optimizer. */
  readonly losses: History;
  /** By `metric.result`. */
  readonly metrics: History;
  frame(view: string): Frame | undefined;
  /** Called with the latest frame now, if there is one, and with every new one. */
  subscribeFrame(view: string, listener: (frame: Frame | undefined) => void): () => void;
  /** Called when losses or metrics have changed. */
  subscribe(listener: () => void): () => void;
  receive(message: RunReport): void;
  truncate(iteration: number): void;
  clear(): void;
  /** All that is shown now. */
  results(): Results;
  /** Shows these in place of what is shown. */
  restore(results: Results): void;
}

/** Metrics are few and slow; so many points are kept of each. */
const METRIC_POINTS = 1024;

export function createFeed(): Feed {
  const losses = createHistory();
  const metrics = createHistory(METRIC_POINTS);
  const frames = new Map<string, Frame>();
  const frameListeners = new Map<string, Set<(frame: Frame | undefined) => void>>();
  const listeners = new Set<() => void>();

  const notify = () => {
    for (const listener of listeners) listener();
  };
  const show = (view: string, frame: Frame | undefined) => {
    for (const listener of frameListeners.get(view) ?? []) listener(frame);
  };

  const feed: Feed = {
    losses,
    metrics,
    frame: (view) => frames.get(view),
    subscribeFrame(view, listener) {
      const set = frameListeners.get(view) ?? new Set();
      frameListeners.set(view, set.add(listener));
      listener(frames.get(view));
      return () => {
        set.delete(listener);
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    receive(message) {
      if (message.type === 'compiled') feed.truncate(message.iteration);
      else if (message.type === 'progress') {
        for (const [player, { iterations, values }] of Object.entries(message.losses))
          losses.append(player, iterations, values);
        notify();
      } else if (message.type === 'metrics') {
        for (const [metric, values] of Object.entries(message.values))
          for (const [name, value] of Object.entries(values))
            metrics.append(`${metric}.${name}`, [message.iteration], [value]);
        notify();
      } else if (message.type === 'frames') {
        for (const [view, frame] of Object.entries(message.frames)) {
          frames.set(view, frame);
          show(view, frame);
        }
      }
    },
    truncate(iteration) {
      losses.truncate(iteration);
      metrics.truncate(iteration);
      notify();
    },
    results: () => ({ losses: losses.keep(), metrics: metrics.keep(), frames: new Map(frames) }),
    restore(results) {
      losses.restore(results.losses);
      metrics.restore(results.metrics);
      const before = [...frames.keys()];
      frames.clear();
      for (const [view, frame] of results.frames) frames.set(view, frame);
      for (const view of new Set([...before, ...frames.keys()])) show(view, frames.get(view));
      notify();
    },
    clear() {
      losses.clear();
      metrics.clear();
      const views = [...frames.keys()];
      frames.clear();
      for (const view of views) show(view, undefined);
      notify();
    },
  };
  return feed;
}
