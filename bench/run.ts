import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run bench [GAME ...] [--repeats 5] [--seconds 2] [--out FILE]`: iterations per second of Ganvas and of a
 * hand-written tfjs loop for the same game, on WASM in Node. Each side is a process; they take turns
 * (A, B, A, B ...), so that both meet the same machine. The first turns warm up, find how many
 * iterations fill a turn, and do not count.
 */
const options = {
  repeats: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '2' },
  out: { type: 'string', default: '.cache/bench.json' },
} as const;

interface Rates {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

function summarise(rates: readonly number[]): Rates {
  const sorted = [...rates].sort((a, b) => a - b);
  const at = (i: number) => sorted[i] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at(0),
    high: at(sorted.length - 1),
  };
}

function start(side: string, game: string): Promise<ChildProcess> {
  const child = fork(new URL('side.ts', import.meta.url), [side, game], { stdio: ['ignore', 2, 2, 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`${side} of ${game} ended with ${code}`)));
  });
}

/** Milliseconds that the side takes for so many iterations. */
function time(child: ChildProcess, iterations: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A side ended in the middle of a measurement.'));
    child.once('exit', ended);
    child.once('message', ({ milliseconds }: { milliseconds: number }) => {
      child.off('exit', ended);
      resolve(milliseconds);
    });
    child.send(iterations);
  });
}

async function compare(game: string, repeats: number, seconds: number) {
  const sides = { ours: await start('ours', game), peer: await start('peer', game) };
  const rates = { ours: [] as number[], peer: [] as number[] };
  const turns = { ours: 3, peer: 3 };
  try {
    // The first three iterations of a side compile and allocate: their rate says little.
    for (let repeat = -2; repeat < repeats; repeat++)
      for (const side of ['ours', 'peer'] as const) {
        const rate = turns[side] / ((await time(sides[side], turns[side])) / 1000);
        if (repeat >= 0) rates[side].push(rate);
        else turns[side] = Math.max(1, Math.round(rate * seconds));
      }
  } finally {
    for (const child of Object.values(sides)) {
      child.removeAllListeners('exit');
      child.kill();
    }
  }
  const [ours, peer] = [summarise(rates.ours), summarise(rates.peer)];
  return { game, ours, peer, ratio: ours.median / peer.median, rates };
}

const { values, positionals } = parseArgs({ options, allowPositionals: true });
const games = positionals.length > 0 ? positionals : ['ring', 'dcgan-glyphs'];
const results = [];
const show = ({ median, low, high }: Rates) =>
  `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`.padEnd(26);
console.log(`${'iterations per second'.padEnd(24)}${'Ganvas'.padEnd(26)}${'tfjs by hand'.padEnd(26)}ratio`);
for (const game of games) {
  const result = await compare(game, Number(values.repeats), Number(values.seconds));
  results.push(result);
  console.log(`${game.padEnd(24)}${show(result.ours)}${show(result.peer)}${result.ratio.toFixed(2)}`);
}
mkdirSync(dirname(values.out), { recursive: true });
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
writeFileSync(values.out, `${JSON.stringify({ backend: 'wasm', machine, results }, undefined, 2)}\n`);
