import { type BackendName, backendNames } from './backend-name';
import type { Machine } from './gpu';

/**
 * Which backend a run starts on, and when to offer another. Pure: whoever calls keeps the timings. A run never
 * changes its backend by itself, failure aside.
 */

/** Measured milliseconds per iteration: machine and cost class → backend. Plain JSON. */
export type Timings = { readonly [key: string]: { readonly [backend in BackendName]?: number } };

interface Suggestion {
  /** To start on. */
  readonly backend: BackendName;
  readonly reason: string;
}

/** Below this, switching is not worth the reader's attention. */
const worthwhile = 1.2;
const keptEntries = 64;

/** Games within a factor of ten of each other share a measurement: `1e7`. */
export const costClass = (multiplyAdds: number): string =>
  `1e${Math.floor(Math.log10(Math.max(1, multiplyAdds)))}`;

const machineKey = (machine: Machine): string =>
  [
    machine.gpu?.renderer ?? 'no GPU',
    `${machine.cores} cores`,
    machine.isolated ? 'isolated' : 'shared',
  ].join(', ');

const keyOf = (machine: Machine, multiplyAdds: number): string =>
  `${machineKey(machine)}; ${costClass(multiplyAdds)}`;

/** What this machine can be expected to run, the likely fastest first; cpu only where nothing else is there. */
export function candidates(machine: Machine): readonly BackendName[] {
  const names: BackendName[] = [];
  const hardware = machine.gpu?.hardware === true;
  const webgl = machine.gpu !== undefined && !machine.safari;
  if (webgl && hardware) names.push('webgl');
  if (machine.wasm) names.push('wasm');
  if (machine.webgpu && hardware) names.push('webgpu');
  if (webgl && !hardware) names.push('webgl');
  return names.length > 0 ? names : ['cpu'];
}

/** The fastest that was measured here on games of this size, else a hardware GPU's WebGL, else WASM. */
export function suggestBackend(machine: Machine, multiplyAdds: number, timings: Timings): Suggestion {
  const order = candidates(machine);
  const known = timings[keyOf(machine, multiplyAdds)] ?? {};
  const fastest = order
    .filter((name) => known[name] !== undefined)
    .sort((a, b) => ms(known[a]) - ms(known[b]))[0];
  const backend = fastest ?? (order[0] as BackendName);
  const reason =
    fastest !== undefined
      ? `measured fastest here on games of this size: ${ms(known[fastest]).toPrecision(3)} ms per iteration`
      : backend === 'webgl'
        ? 'this machine has a GPU'
        : backend === 'wasm'
          ? 'no hardware GPU is reported'
          : 'no faster backend is available';
  return { backend, reason };
}

/** The backends to measure beside the one in use. Software WebGL is never worth the time. */
export const worthMeasuring = (machine: Machine, inUse: BackendName): readonly BackendName[] =>
  candidates(machine).filter(
    (name) => name !== inUse && name !== 'cpu' && (name !== 'webgl' || machine.gpu?.hardware === true),
  );

/** The timings with one more; the entries written first are dropped beyond 64. */
export function addTiming(
  timings: Timings,
  machine: Machine,
  multiplyAdds: number,
  backend: BackendName,
  msPerIteration: number,
): Timings {
  const key = keyOf(machine, multiplyAdds);
  const { [key]: known, ...others } = timings;
  const kept = Object.entries(others).slice(-(keptEntries - 1));
  return { ...Object.fromEntries(kept), [key]: { ...known, [backend]: msPerIteration } };
}

interface Offer {
  readonly backend: BackendName;
  /** How many times as fast as the one in use. */
  readonly speedup: number;
}

/** The fastest other backend, if it is at least 1.2 times as fast. */
export function offerSwitch(
  inUse: BackendName,
  machine: Machine,
  multiplyAdds: number,
  timings: Timings,
): Offer | undefined {
  const known = timings[keyOf(machine, multiplyAdds)] ?? {};
  const now = known[inUse];
  if (now === undefined) return undefined;
  const offers = candidates(machine)
    .filter((name) => name !== inUse && known[name] !== undefined)
    .map((backend) => ({ backend, speedup: now / ms(known[backend]) }))
    .sort((a, b) => b.speedup - a.speedup);
  const best = offers[0];
  return best && best.speedup >= worthwhile ? best : undefined;
}

/** What was stored may be anything; what is not a measurement is left out. */
export function readTimings(stored: unknown): Timings {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {};
  const entries = Object.entries(stored).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    const times = backendNames.flatMap((name) => {
      const time: unknown = (value as Record<string, unknown>)[name];
      return typeof time === 'number' && Number.isFinite(time) && time > 0 ? [[name, time] as const] : [];
    });
    return times.length > 0 ? [[key, Object.fromEntries(times)] as const] : [];
  });
  return Object.fromEntries(entries.slice(-keptEntries));
}

const ms = (time: number | undefined): number => time ?? Number.POSITIVE_INFINITY;
