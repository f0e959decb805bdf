import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judge, type Outcome, passes } from './judge';
import { type Options, OptionsError, readOptions, type Training } from './options';
import { sayOutcome, tableOf } from './report';
import { systems } from './table';
import type { Trained } from './train';

/**
 * `npm run test:systems -- [NAME ...] [--seeds 11,12] [--shard I/N] [--jobs N]`: does each GAN learn? Trainings of
 * minutes, as many at a time as there are cores, then a table. GANVAS_SYSTEMS=fast keeps to the games that train in
 * seconds. Exit 0 where every bar is held, 1 where one is missed, 2 where there is nothing of what was asked for.
 */
async function main({ trainings, jobs, report }: Options): Promise<number> {
  const outcomes: Outcome[] = [];
  const waiting = [...trainings.entries()];
  const job = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, training] = next;
      const outcome = await train(training);
      console.log(sayOutcome(outcome));
      outcomes[place] = outcome;
    }
  };
  await Promise.all(Array.from({ length: jobs }, job));
  const passed = outcomes.filter(passes).length;
  const counts = { passed, failed: outcomes.length - passed };
  console.log(`\n${tableOf(outcomes)}\n${counts.passed} trainings passed, ${counts.failed} failed`);
  if (report !== undefined) writeFileSync(report, JSON.stringify(counts));
  return counts.failed === 0 ? 0 : 1;
}

/** In a process of its own. */
async function train({ system, seed }: Training): Promise<Outcome> {
  const script = fileURLToPath(new URL('./trainer.ts', import.meta.url));
  // JSON has no NaN, which is what a figure may be.
  const child = fork(script, [system.example, '--seeds', String(seed)], { serialization: 'advanced' });
  const ended = once(child, 'exit').then(
    ([code, signal]) => `its process ended: ${signal ?? `exit ${code}`}`,
  );
  const answer: Trained | string = await Promise.race([
    once(child, 'message').then(([trained]) => trained as Trained),
    ended,
  ]);
  if (typeof answer !== 'string') return judge(system, seed, answer);
  return { system, seed, seconds: 0, iterations: 0, figures: {}, judged: [], failures: [answer] };
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
