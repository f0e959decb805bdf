import { compare, isInChromium } from './compare';
import { writeResults } from './files';
import { gameDocument, multiplyAddsOf } from './games/games';
import { judgeAll, missedControls } from './gates';
import type { Chromium } from './handles/chromium';
import type { Clock } from './handles/handle';
import { machine, versions } from './machine';
import type { GameResult, Results, SideId } from './results';
import { gateRows, kernelRows, printRows, ratioRows, remarks, timeRows } from './table';

/** Games against their peers: prints tables and gates, writes JSON. True where the control was seen everywhere. */
export async function measureGames(options: {
  readonly games: readonly string[];
  readonly sides: readonly SideId[];
  readonly repeats: number;
  readonly seconds: number;
  readonly out: string;
  readonly clock: Clock;
  /** Chromium draws with the machine's GPU, not with SwiftShader. */
  readonly gpu: boolean;
}): Promise<boolean> {
  const { games, sides, repeats, seconds, out, clock, gpu } = options;
  const chromium = sides.some(isInChromium) ? await openChromium(gpu) : undefined;
  const measured: GameResult[] = [];
  try {
    for (const game of games) {
      const multiplyAdds = multiplyAddsOf(gameDocument(game));
      const results = await compare(game, { repeats, seconds, sides, clock, ...(chromium && { chromium }) });
      measured.push({ game, ...(multiplyAdds !== undefined && { multiplyAdds }), sides: results });
      console.error(`${printRows(timeRows(measured.slice(-1)))}\n`);
    }
  } finally {
    await chromium?.close();
  }
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: versions(chromium?.version),
    ...(chromium && { renderer: chromium.renderer }),
    clock,
    repeats,
    seconds,
    games: measured,
    gates: judgeAll(measured),
  };
  print(results);
  writeResults(out, results);
  return missedControls(measured).length === 0;
}

/** Loaded when it is needed: without a browser the other sides still run. */
async function openChromium(gpu: boolean): Promise<Chromium> {
  const { openChromium: open } = await import('./handles/chromium');
  return open({ gpu });
}

function print(results: Results): void {
  const { games, gates } = results;
  for (const rows of [timeRows(games), ratioRows(games), kernelRows(games), gateRows(gates)])
    console.log(`${printRows(rows)}\n`);
  for (const remark of remarks(results)) console.log(remark);
}
