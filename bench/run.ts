import { parseArgs } from 'node:util';
import { resultFiles } from './files';
import { gameIds } from './games/games';
import { measureGames } from './measure-games';
import { measureMemory } from './memory';
import { writeReport } from './report';
import { defaultSides, type SideId, sideIds } from './results';
import { measureScaling } from './scaling';

/**
 * `npm run bench`: everything. `npm run bench -- GAME ... [--sides ours,by-hand,...] [--repeats 5] [--seconds 1]
 * [--out FILE]`: some games, on some sides. `npm run bench -- scaling`, `memory`: that alone. `npm run bench --
 * report`: docs/performance.md from what was measured last. Exits with 1 where the injected slowdown was not
 * seen, or memory grew.
 */
const options = {
  sides: { type: 'string', default: defaultSides.join(',') },
  repeats: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '1' },
  out: { type: 'string', default: resultFiles.games },
} as const;

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const gamesOf = (games: readonly string[]) =>
    measureGames({
      games,
      sides: values.sides.split(',').map(toSide),
      repeats: Number(values.repeats),
      seconds: Number(values.seconds),
      out: values.out,
    });
  switch (positionals[0]) {
    case undefined: {
      const wasControlSeen = await gamesOf(gameIds);
      await measureScaling();
      return (await measureMemory()) && wasControlSeen;
    }
    case 'scaling':
      await measureScaling();
      return true;
    case 'memory':
      return measureMemory();
    case 'report':
      writeReport();
      return true;
    default:
      return gamesOf(positionals);
  }
}

function toSide(text: string): SideId {
  const id = sideIds.find((one) => one === text);
  if (!id) throw new Error(`There is no side ${text}; the sides: ${sideIds.join(', ')}.`);
  return id;
}

process.exit((await main()) ? 0 : 1);
