import { writeFileSync } from 'node:fs';
import { startBackend } from '@/lib/engine/backend';
import { judge, type Outcome, passes } from './judge';
import { type Options, OptionsError, readOptions } from './options';
import { sayOutcome, tableOf } from './report';
import { systems } from './table';
import { trainSystem } from './train';

/**
 * `npm run test:systems -- [NAME ...] [--seeds 11,12] [--shard I/N]`: does each GAN learn? Trainings of minutes, one
 * after another, then a table. GANVAS_SYSTEMS=fast keeps to the games that train in seconds. Exit 0 where
 * every bar is held, 1 where one is missed, 2 where there is nothing of what was asked for.
 */
async function main({ trainings, report }: Options): Promise<number> {
  const { tf } = await startBackend('wasm');
  const outcomes: Outcome[] = [];
  for (const { system, seed } of trainings) {
    const outcome = judge(system, seed, await trainSystem(tf, system, seed));
    console.log(sayOutcome(outcome));
    outcomes.push(outcome);
  }
  const passed = outcomes.filter(passes).length;
  const counts = { passed, failed: outcomes.length - passed };
  console.log(`\n${tableOf(outcomes)}\n${counts.passed} trainings passed, ${counts.failed} failed`);
  if (report !== undefined) writeFileSync(report, JSON.stringify(counts));
  return counts.failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(
    readOptions(process.argv.slice(2), systems, process.env.GANVAS_SYSTEMS === 'fast'),
  );
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
