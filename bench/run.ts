import { parseArgs } from 'node:util';
import { resultFiles } from './files';
import { gameIds } from './games/games';
import type { Clock } from './handles/handle';
import { measureLayers } from './layers';
import { measureLevers } from './levers';
import { measureLooking } from './looking';
import { measureGames } from './measure-games';
import { measureMemory } from './memory';
import { writeReport } from './report';
import { defaultSides, gpuSides, type SideId, sideIds } from './results';
import { measureScaling } from './scaling';

/**
 * `npm run bench`: everything.
 * `npm run bench -- GAME ... [--sides ours,by-hand,...] [--repeats 5] [--seconds 1] [--clock wall|processor]
 * [--gpu] [--out FILE]`: some games, on some sides; `--gpu` uses the machine's.
 * `npm run bench -- layers`, `levers`, `scaling`, `memory`, `canvas`, `looking`: that alone.
 * `npm run bench -- report`: docs/performance.md from what was measured last.
 * Exits with 1 where the injected slowdown was not seen, or memory grew.
 */
const options = {
  sides: { type: 'string' },
  gpu: { type: 'boolean', default: false },
  repeats: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '1' },
  clock: { type: 'string', default: 'wall' },
  out: { type: 'string', default: resultFiles.games },
} as const;

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const gamesOf = (games: readonly string[]) =>
    measureGames({
      games,
      sides: values.sides?.split(',').map(toSide) ?? (values.gpu ? gpuSides : defaultSides),
      clock: toClock(values.clock),
      gpu: values.gpu,
      repeats: Number(values.repeats),
      seconds: Number(values.seconds),
      out: values.out,
    });
  // Loaded when it is asked for: it builds the app.
  const canvas = async () => {
    const { measureCanvas } = await import('./measure-canvas');
    await measureCanvas(Number(values.repeats));
  };
  switch (positionals[0]) {
    case undefined: {
      const wasControlSeen = await gamesOf(gameIds);
      await measureLayers();
      await measureLevers();
      await measureScaling();
      const isFlat = await measureMemory();
      await canvas();
      return wasControlSeen && isFlat;
    }
    case 'looking':
      await measureLooking();
      return true;
    case 'layers':
      await measureLayers();
      return true;
    case 'levers':
      await measureLevers();
      return true;
    case 'scaling':
      await measureScaling();
      return true;
    case 'memory':
      return measureMemory();
    case 'canvas':
      await canvas();
      return true;
    case 'report':
      writeReport();
      return true;
    default:
      return gamesOf(positionals);
  }
}

function toClock(text: string): Clock {
  if (text === 'wall' || text === 'processor') return text;
  throw new Error(`There is no clock ${text}: wall or processor.`);
}

function toSide(text: string): SideId {
  const id = sideIds.find((one) => one === text);
  if (!id) throw new Error(`There is no side ${text}; the sides: ${sideIds.join(', ')}.`);
  return id;
}

// By process.exit, so that what is to end with the bench does: the browser, and sides in the middle of a sample.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
process.exit((await main()) ? 0 : 1);
