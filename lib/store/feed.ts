import type { Picture } from '@/lib/draw/picture';
import type { Failure } from '@/lib/train/detectors/detectors';
import type { LookedBack } from '@/lib/train/look-back';
import type { PhaseReport } from '@/lib/train/phases';
import type { RunReport } from '@/lib/train/protocol';
import type { TintReport } from '@/lib/train/tints';
import type { XrayReport } from '@/lib/train/xray';
import { type Curves, createCurves, type KeptCurves } from './curves';
import { type TimelineMark, withMark } from './marks';
import { createXrayCourses, type XrayCourses } from './xray-courses';

/** What a run has shown so far. */
export interface Results {
  readonly losses: KeptCurves;
  readonly metrics: KeptCurves;
  /** The latest of each view. */
  readonly pictures: ReadonlyMap<string, Picture>;
  /** By name, and what they brought to light. */
  readonly health?: KeptCurves;
  readonly failures?: readonly Failure[];
  /** Older pages kept none of these. */
  readonly marks?: readonly TimelineMark[];
  readonly scores?: KeptCurves;
}

/** Where a series is. */
export type Source = 'losses' | 'metrics' | 'health' | 'scores';

/** An iteration that is over, with what the views showed about then, and what was looked for in the state of then. */
export interface Past extends LookedBack {
  readonly iteration: number;
  readonly frames: { readonly [view: string]: Picture };
}

const noFrame: Picture = { type: 'empty', message: 'No snapshot from before this' };

/**
 * What a run sends many times a second: losses, metrics, pictures. Kept outside React; whoever draws
 * subscribes and draws once per animation frame.
 */
export interface Feed {
  /** By optimizer. */
  readonly losses: Curves;
  /** By `metric.result`. */
  readonly metrics: Curves;
  /** Figures of checks, by name; see `Health`. */
  readonly health: Curves;
  /** Means of what calls that judge gave, by node. */
  readonly scores: Curves;
  /** What went wrong so far and was not put aside, in order; the same list as long as nothing does. */
  failures(): readonly Failure[];
  putAside(failure: Failure): void;
  /** The newest value of a series, or the one at the iteration that is looked at. */
  reading(source: Source, series: string): number | undefined;
  picture(view: string): Picture | undefined;
  /** The past is shown in place of the newest, whatever comes in; undefined: no more. */
  lookAt(past: Past | undefined): void;
  /** The iteration that is looked at, where it is not the newest. */
  lookedAt(): number | undefined;
  /** The latest number of each layer, of what was asked for, or the one of the past that is looked at. */
  tints(): TintReport | undefined;
  /** The latest X-rays, of those that are open, or those of the past that is looked at. */
  xrays(): XrayReport | undefined;
  /** How the histograms of what is open went. */
  readonly courses: Pick<XrayCourses, 'course' | 'at'>;
  /** What the last single iteration did, in slow motion; of the past it is not known. */
  phases(): PhaseReport | undefined;
  /** What happened, in order; the same list as long as nothing does. */
  marks(): readonly TimelineMark[];
  mark(mark: TimelineMark): void;
  unmark(mark: TimelineMark): void;
  /** Called with the latest picture now, if there is one, and with every new one. */
  subscribePicture(view: string, listener: (picture: Picture | undefined) => void): () => void;
  /** Called when losses, metrics, checks, scores, marks, X-rays or phases have changed. */
  subscribe(listener: () => void): () => void;
  receive(message: RunReport): void;
  truncate(iteration: number): void;
  clear(): void;
  /** All that is shown now. */
  results(): Required<Results>;
  /** Shows these in place of what is shown. */
  restore(results: Results): void;
}

/** Metrics are few and slow; so many points are kept of each. */
const METRIC_POINTS = 1024;

export function createFeed(): Feed {
  const losses = createCurves();
  const metrics = createCurves(METRIC_POINTS);
  const health = createCurves(METRIC_POINTS);
  let failures: readonly Failure[] = [];
  const pictures = new Map<string, Picture>();
  const pictureListeners = new Map<string, Set<(picture: Picture | undefined) => void>>();
  const scores = createCurves(METRIC_POINTS);
  let xrays: XrayReport | undefined;
  let tints: TintReport | undefined;
  const courses = createXrayCourses();
  let phases: PhaseReport | undefined;
  let marks: readonly TimelineMark[] = [];
  let past: Past | undefined;
  const listeners = new Set<() => void>();

  const notify = () => {
    for (const listener of listeners) listener();
  };
  const shown = (view: string) => (past ? (past.frames[view] ?? noFrame) : pictures.get(view));
  const show = (view: string) => {
    for (const listener of pictureListeners.get(view) ?? []) listener(shown(view));
  };

  const feed: Feed = {
    losses,
    metrics,
    health,
    scores,
    failures: () => failures,
    putAside(failure) {
      failures = failures.filter((other) => other !== failure);
      notify();
    },
    reading: (source, series) => {
      const curves = { losses, metrics, health, scores }[source];
      return past ? curves.at(series, past.iteration) : curves.last(series);
    },
    picture: shown,
    lookAt(next) {
      past = next;
      for (const view of pictureListeners.keys()) show(view);
      notify();
    },
    lookedAt: () => past?.iteration,
    tints: () => (past ? past.tints : tints),
    xrays: () => (past ? past.xrays : xrays),
    courses,
    phases: () => (past ? undefined : phases),
    marks: () => marks,
    mark(mark) {
      marks = withMark(marks, mark);
      notify();
    },
    unmark(mark) {
      marks = marks.filter((other) => other !== mark);
      notify();
    },
    subscribePicture(view, listener) {
      const set = pictureListeners.get(view) ?? new Set();
      pictureListeners.set(view, set.add(listener));
      listener(shown(view));
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
      } else if (message.type === 'health') {
        for (const [name, value] of Object.entries(message.health.figures))
          if (Number.isFinite(value)) health.append(name, [message.health.iteration], [value]);
        if (message.failures.length > 0)
          failures = [...failures.filter((old) => !isFoundAgain(old, message.failures)), ...message.failures];
        for (const { iteration, message: text } of message.failures)
          marks = withMark(marks, { iteration, type: 'failure', text });
        notify();
      } else if (message.type === 'scores') {
        for (const [call, value] of Object.entries(message.values))
          scores.append(call, [message.iteration], [value]);
        notify();
      } else if (message.type === 'tints') {
        tints = message;
        notify();
      } else if (message.type === 'xrays') {
        xrays = message;
        courses.add(message);
        notify();
      } else if (message.type === 'phases') {
        phases = message;
        notify();
      } else if (message.type === 'pictures') {
        for (const [view, picture] of Object.entries(message.pictures)) {
          pictures.set(view, picture);
          if (!past) show(view);
        }
      }
    },
    truncate(iteration) {
      losses.truncate(iteration);
      metrics.truncate(iteration);
      health.truncate(iteration);
      scores.truncate(iteration);
      failures = failures.filter((failure) => (failure.wentBackTo ?? failure.iteration) <= iteration);
      notify();
    },
    results: () => ({
      losses: losses.keep(),
      metrics: metrics.keep(),
      health: health.keep(),
      scores: scores.keep(),
      failures,
      pictures: new Map(pictures),
      marks,
    }),
    restore(results) {
      losses.restore(results.losses);
      metrics.restore(results.metrics);
      if (results.health) health.restore(results.health);
      else health.clear();
      if (results.scores) scores.restore(results.scores);
      else scores.clear();
      failures = results.failures ?? [];
      marks = results.marks ?? [];
      const before = [...pictures.keys()];
      pictures.clear();
      for (const [view, picture] of results.pictures) pictures.set(view, picture);
      for (const view of new Set([...before, ...pictures.keys()])) show(view);
      notify();
    },
    clear() {
      losses.clear();
      metrics.clear();
      health.clear();
      failures = [];
      scores.clear();
      xrays = undefined;
      tints = undefined;
      courses.clear();
      phases = undefined;
      marks = [];
      const views = [...pictures.keys()];
      pictures.clear();
      for (const view of views) show(view);
      notify();
    },
  };
  return feed;
}

const isFoundAgain = ({ wentBackTo, detector, node }: Failure, found: readonly Failure[]): boolean =>
  wentBackTo !== undefined && found.some((each) => each.detector === detector && each.node === node);
