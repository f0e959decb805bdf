import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './compare';
import { gameDocument, gameIds, multiplyAddsOf } from './games/games';
import { judgeAll, missedControls } from './gates';
import type { Chromium } from './handles/chromium';
import { machine, versions } from './machine';
import { defaultSides, type GameResult, type Results, type SideId, sideIds } from './results';
import { gateRows, kernelRows, printRows, ratioRows, remarks, timeRows } from './table';

/**
 * `npm run bench -- [GAME ...] [--sides ours,by-hand,...] [--repeats 5] [--seconds 1] [--out FILE]`: milliseconds
 * per iteration of Ganvas and its peers, side by side, and the bars that must hold. `npm run bench -- scaling`,
 * `memory` and `report` do what their files say. Exits with 1 where the control was not seen.
 */
const options = {
  sides: { type: 'string', default: defaultSides.join(',') },
  repeats: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '1' },
  out: { type: 'string', default: '.cache/bench/games.json' },
} as const;

const chapters: Readonly<Record<string, () => Promise<unknown>>> = {
  scaling: () => import('./scaling'),
  memory: () => import('./memory'),
  report: () => import('./report'),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const chapter = chapters[positionals[0] ?? ''];
  if (chapter) return void (await chapter());
  const sides = values.sides.split(',').map(toSide);
  const games = positionals.length > 0 ? positionals : gameIds;
  const [repeats, seconds] = [Number(values.repeats), Number(values.seconds)];
  const chromium = await openIfNeeded(sides);
  const measured: GameResult[] = [];
  try {
    for (const game of games) {
      const multiplyAdds = multiplyAddsOf(gameDocument(game));
      const results = await compare(game, { repeats, seconds, sides, ...(chromium && { chromium }) });
      measured.push({ game, ...(multiplyAdds !== undefined && { multiplyAdds }), sides: results });
      console.log(`${printRows(timeRows(measured.slice(-1)))}\n`);
    }
  } finally {
    await chromium?.close();
  }
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: versions(chromium?.version),
    ...(chromium && { renderer: chromium.renderer }),
    repeats,
    seconds,
    games: measured,
    gates: judgeAll(measured),
  };
  print(results);
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(`\nWritten to ${values.out}.`);
  if (missedControls(measured).length > 0) process.exitCode = 1;
}

function toSide(text: string): SideId {
  const id = sideIds.find((one) => one === text);
  if (!id) throw new Error(`There is no side ${text}; the sides: ${sideIds.join(', ')}.`);
  return id;
}

async function openIfNeeded(sides: readonly SideId[]): Promise<Chromium | undefined> {
  if (!sides.some((id) => id.startsWith('chromium-') || id.startsWith('webgl-'))) return undefined;
  const { openChromium } = await import('./handles/chromium');
  return openChromium();
}

function print(results: Results): void {
  const { games, gates } = results;
  for (const rows of [timeRows(games), ratioRows(games), kernelRows(games), gateRows(gates)])
    console.log(`${printRows(rows)}\n`);
  for (const remark of remarks(results)) console.log(remark);
}

await main();
process.exit();
