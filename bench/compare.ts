import { startChild } from './handles/child';
import type { Chromium } from './handles/chromium';
import { type Clock, countKernels, type Handle, TooSlow, timeRun } from './handles/handle';
import { startPytorch } from './handles/pytorch';
import type { Measured, SideId, SideResult } from './results';
import type { Backend } from './sides/side';
import { summarise } from './summary';

/** The first iteration may compile shaders and allocate for this long beyond the limit of an iteration. */
const SET_UP_MS = 30_000;
/** No iteration is waited for longer; a side that exceeds it is reported as longer than this. */
const LIMIT_MS = 60_000;
/** A side whose iteration takes longer than this is measured once. */
const SLOW_MS = 15_000;
/** Share of its own time that the control idles. */
const SLOWDOWN = 0.5;

export interface Options {
  readonly repeats: number;
  /** About how long one sample takes. */
  readonly seconds: number;
  readonly sides: readonly SideId[];
  readonly clock: Clock;
  readonly chromium?: Chromium;
}

/** One game on all sides, which take turns (A, B, A, B ...), so that all meet the same machine. */
export async function compare(
  game: string,
  { repeats, seconds, sides, clock, chromium }: Options,
): Promise<{ [side in SideId]?: SideResult }> {
  const results: { [side in SideId]?: SideResult } = {};
  const running: Running[] = [];
  for (const id of sides) {
    const started = await warmUp(id, game, seconds, chromium);
    if ('handle' in started) running.push(started);
    else results[id] = started;
    // A restart has ended what else was in the browser, and so has it lost its warmth.
    if ('type' in started && started.type === 'longer-than' && isInChromium(id)) {
      await chromium?.restart();
      for (const side of running.filter((one) => isInChromium(one.id))) {
        const again = await warmUp(side.id, game, seconds, chromium);
        if ('handle' in again) Object.assign(side, again);
      }
    }
  }
  try {
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const side of running) {
        if (results[side.id] || (repeat > 0 && side.expected > SLOW_MS)) continue;
        try {
          const limit = side.iterations * LIMIT_MS;
          const milliseconds = await timeRun(side.handle, side.iterations, limit, clock);
          side.samples.push(milliseconds / side.iterations);
        } catch (error) {
          results[side.id] = describe(error);
        }
      }
    for (const side of running) results[side.id] ??= await conclude(side);
  } finally {
    for (const { handle } of running) await handle.end();
  }
  return results;
}

interface Running {
  readonly id: SideId;
  readonly handle: Handle;
  /** Milliseconds per iteration while warming up. */
  readonly expected: number;
  /** Per sample. */
  readonly iterations: number;
  readonly samples: number[];
}

export const isInChromium = (id: SideId): boolean => /^(chromium|webgl|webgpu)-/.test(id);

/** Starts a side and runs it until it is warm; what it took says how many iterations fill a sample. */
async function warmUp(
  id: SideId,
  game: string,
  seconds: number,
  chromium: Chromium | undefined,
): Promise<Running | SideResult> {
  let handle: Handle | undefined;
  try {
    handle = await start(id, game, chromium);
    const first = await timeRun(handle, 1, LIMIT_MS + SET_UP_MS);
    // A few more, and then a whole sample: the engine compiles what is called often.
    let expected = first < SLOW_MS ? (await timeRun(handle, 2, 2 * LIMIT_MS)) / 2 : first;
    if (expected < 1000 * seconds) {
      const fill = Math.ceil((1000 * seconds) / expected);
      expected = (await timeRun(handle, fill, fill * LIMIT_MS)) / fill;
    }
    // One iteration alone says little where there is time for more.
    const least = expected < SLOW_MS / 10 ? 3 : 1;
    const iterations = Math.max(least, Math.round((1000 * seconds) / expected));
    return { id, handle, expected, iterations, samples: [] };
  } catch (error) {
    await handle?.end();
    return describe(error);
  }
}

function describe(error: unknown): SideResult {
  if (error instanceof TooSlow) return { type: 'longer-than', milliseconds: LIMIT_MS };
  return { type: 'absent', reason: error instanceof Error ? error.message : String(error) };
}

function start(id: SideId, game: string, chromium: Chromium | undefined): Promise<Handle> {
  const inChromium = (player: 'ours' | 'by-hand', backend: Backend) =>
    chromium ? chromium.start({ game, player, backend }) : Promise.reject(new Error('no Chromium here'));
  switch (id) {
    case 'ours':
      return startChild({ game, player: 'ours', backend: 'wasm' });
    case 'by-hand':
      return startChild({ game, player: 'by-hand', backend: 'wasm' });
    case 'off':
      return startChild({ game, player: 'ours', backend: 'wasm', plain: true });
    case 'control':
      return startChild({ game, player: 'ours', backend: 'wasm', slowdown: SLOWDOWN });
    case 'pytorch':
      return startPytorch(game, 'cpu');
    case 'pytorch-gpu':
      return startPytorch(game, 'cuda');
    case 'chromium-ours':
      return inChromium('ours', 'wasm');
    case 'chromium-by-hand':
      return inChromium('by-hand', 'wasm');
    case 'webgl-ours':
      return inChromium('ours', 'webgl');
    case 'webgl-by-hand':
      return inChromium('by-hand', 'webgl');
    case 'webgpu-ours':
      return inChromium('ours', 'webgpu');
    case 'webgpu-by-hand':
      return inChromium('by-hand', 'webgpu');
  }
}

const counted: readonly SideId[] = ['ours', 'by-hand', 'off'];

async function conclude({ id, handle, iterations, samples }: Running): Promise<Measured> {
  const kernels = counted.includes(id) ? await countKernels(handle) : undefined;
  const summary = summarise(samples);
  return { type: 'measured', ...summary, samples, iterations, ...(kernels !== undefined && { kernels }) };
}
