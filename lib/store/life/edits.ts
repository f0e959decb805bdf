import type { Checked } from '@/lib/check/checked';
import { findDifferences } from '@/lib/check/differences';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { fingerprint } from '@/lib/train/checkpoint';
import { comparePlans, messagesOf } from '../plan-changes';
import { isAtRest, isUnderWay } from '../run-state';
import { begin } from './begin';
import {
  andThen,
  type Effect,
  errorsOf,
  type Facts,
  initialLife,
  type Life,
  move,
  type Step,
  step,
} from './life';

/** Another document ends the run; the same one changes it. */
export function takeDocument(
  life: Life,
  { id, checked, kept }: { readonly id: string; readonly checked: Checked; readonly kept: number },
  facts: Facts,
): Step {
  const given: Life = { ...life, checked, refused: undefined };
  if (id === life.documentId) {
    const marks = isUnderWay(life.status) && life.iteration > 0 ? marksOf(life, checked) : [];
    return andThen(step(given, ...marks), (next) => followEdits(next, facts));
  }
  const { runs, choice, expected } = given;
  const other: Life = { ...initialLife, runs, choice, expected, checked, documentId: id, kept };
  const closed = step(
    other,
    { type: 'measure', on: false },
    { type: 'stop' },
    {
      type: 'results',
      how: kept > 0 ? 'recall' : 'clear',
      documentId: id,
    },
  );
  return andThen(closed, (next) => followEdits(next, facts, 'turn'));
}

/** What an edit changed in the game that trains. */
const marksOf = ({ checked, iteration }: Life, next: Checked): Effect[] =>
  checked
    ? findDifferences(checked, next).map(({ what, values }) => {
        const text = values ? `${what} ${values[1]}` : what;
        return { type: 'mark', mark: { iteration, type: 'edit', text, about: what } };
      })
    : [];

/** What the document, as it is now, asks of the run. */
export function followEdits(life: Life, facts: Facts, how: 'update' | 'turn' = 'update'): Step {
  const { checked, runId, plan, status, pending } = life;
  if (!checked) return step(life);
  const { iterations } = checked.graph.settings;
  if (!isUnderWay(status) || !runId || !plan) {
    const choice = life.choice.backend ? facts.choose(checked.cost) : life.choice;
    return step({ ...move(life, { type: 'target', iterations }), choice }, { type: 'predict', how });
  }
  const errors = errorsOf(life);
  const noted = move(life, { type: 'stale', errors });
  // Before the worker has the first plan there is nothing to change; that it has it leads back here.
  if (errors > 0 || pending) return step(noted);
  const next = compilePlan(checked);
  const changes = comparePlans(plan, next);
  const replaced = withFit(life.replaced, next);
  if (changes.structure === 'restart') {
    // An undo of the edit brings back what the edit set aside.
    const type = replaced?.fits ? 'bring-back' : 'play';
    return begin({ ...noted, replaced }, { type, next: isAtRest(status) ? 'rest' : 'run' }, facts);
  }
  const targeted = changes.target === undefined ? noted : move(noted, { type: 'target', iterations });
  const changed: Life = { ...targeted, replaced };
  const messages = messagesOf(changes, runId, next);
  return step({ ...changed, plan: next }, ...messages.map((message): Effect => ({ type: 'send', message })));
}

/** Whether the game is now what it was when a run was replaced. */
function withFit(replaced: Life['replaced'], plan: Plan): Life['replaced'] {
  const fits = replaced && replaced.game === fingerprint(plan);
  return replaced && fits !== undefined && fits !== replaced.fits ? { ...replaced, fits } : replaced;
}
