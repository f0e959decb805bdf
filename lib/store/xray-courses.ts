import type { Moment } from '@/lib/draw/picture';
import type { XrayReport } from '@/lib/train/xray';

/** Histograms of what is open, over the iterations while it was. */
export interface XrayCourses {
  add(report: XrayReport): void;
  /** Of an output in a call, or of a weight: see `courseKey`. */
  course(key: string): readonly Moment[];
  /** Of each call or weight of a target the last histogram up to an iteration. */
  at(target: string, iteration: number): readonly { readonly part: string; readonly moment: Moment }[];
  clear(): void;
}

/** More than these are thinned out to every second one. */
const MOST = 120;

/** What a course is of: the target, and its call or weight. */
export const courseKey = (target: string, part = ''): string => `${target}/${part}`;

export function createXrayCourses(): XrayCourses {
  let courses = new Map<string, readonly Moment[]>();
  return {
    add({ iteration, xrays }) {
      const open = new Map<string, readonly Moment[]>();
      for (const { target, flows, weights } of xrays)
        for (const [part, { histogram }] of [
          ...flows.map(({ call, value }) => [call, value] as const),
          ...weights.map(({ name, value }) => [name, value] as const),
        ]) {
          const key = courseKey(target, part);
          // A run that was taken back goes on from where it is now.
          const before = (courses.get(key) ?? []).filter((moment) => moment.iteration < iteration);
          const hasNumbers = histogram.shares.some((share) => share > 0);
          open.set(key, thinned(hasNumbers ? [...before, { iteration, ...histogram }] : before));
        }
      // What was closed begins anew when it is opened again.
      if (xrays.length > 0) courses = open;
    },
    course: (key) => courses.get(key) ?? none,
    at: (target, iteration) =>
      [...courses].flatMap(([key, moments]) => {
        const moment = moments.findLast((each) => each.iteration <= iteration);
        const start = courseKey(target);
        return moment && key.startsWith(start) ? [{ part: key.slice(start.length), moment }] : [];
      }),
    clear() {
      courses = new Map();
    },
  };
}

const none: readonly Moment[] = [];

/** The newest always stays. */
const thinned = (moments: readonly Moment[]): readonly Moment[] =>
  moments.length > MOST ? moments.filter((_, i) => (moments.length - 1 - i) % 2 === 0) : moments;
