import { backends } from '@/lib/engine/backend-name';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { nowhereLeft, workerLost, workerSilent } from '../run-problems';
import { isAtRest } from '../run-state';
import { begin } from './begin';
import { andThen, type Facts, type Life, type LifeEvent, move, type Next, type Step, step } from './life';

/** A second crash within this time is a failure, not bad luck. */
const CRASH_MS = 30_000;

/** What the run did, it does again. */
const asBefore = ({ status }: Life): Next => (isAtRest(status) ? 'rest' : 'run');

/** The worker is gone: once, the run goes on in another one from what is kept. */
export function surviveLoss(life: Life, event: Extract<LifeEvent, { type: 'lost' }>, facts: Facts): Step {
  const { kept, status } = life;
  const { detail } = event;
  const isSilent = event.loss === 'silent';
  const noted: Life = { ...life, loss: { at: facts.now, kept } };
  const isRepeated = hasNotRecovered(life, facts.now);
  // A driver that is stuck would hold up the next worker too.
  if (isRepeated && isSilent) return moveOn(noted, workerSilent(detail), facts);
  if (isRepeated || status.type === 'failed')
    return step(move(noted, { type: 'fail', diagnostic: workerLost(detail) }));
  const what = isSilent ? detail : `The training worker ended (${detail}).`;
  const note = `${what} The run went on from iteration ${kept} in another one.`;
  return begin(noted, { type: 'resume', next: asBefore(life), note }, facts);
}

/** It was lost a moment ago, or has come no further since. */
function hasNotRecovered({ loss, iteration, status }: Life, now: number): boolean {
  if (!loss) return false;
  return now - loss.at < CRASH_MS || (!isAtRest(status) && iteration <= loss.kept);
}

/** A device that is gone or full takes the worker with it; the run goes on elsewhere, from what was kept. */
export function moveOn(life: Life, diagnostic: Diagnostic, facts: Facts): Step {
  const { backend, kept, choice } = life;
  const failed = backend ? [...life.failed, backend] : life.failed;
  const ended = step({ ...life, failed }, { type: 'end' });
  const next = backend
    ? backends[backend].fallbacks.find(
        (name) => !failed.includes(name) && (name === 'wasm' || choice.available.includes(name)),
      )
    : undefined;
  if (!next)
    return andThen(ended, (left) => step(move(left, { type: 'fail', diagnostic: nowhereLeft(diagnostic) })));
  const note = `${diagnostic.message} The run went on from iteration ${kept} on ${backends[next].title}.`;
  return andThen(ended, (left) =>
    begin(left, { type: 'move', next: asBefore(life), backend: next, note }, facts),
  );
}
