import { backends } from '@/lib/engine/backend-name';
import { isDeviceFailure } from '@/lib/train/failures';
import type { RunReport } from '@/lib/train/protocol';
import { assertNever } from '@/lib/util/assert';
import type { TimelineMark } from '../marks';
import { isAtRest, isUnderWay } from '../run-state';
import { begin, failPending, goOn, startPending } from './begin';
import { followEdits, takeDocument } from './edits';
import { moveOn, surviveLoss } from './failures';
import { noteChange } from './graph-change';
import {
  andThen,
  type Effect,
  type Facts,
  type Life,
  type LifeEvent,
  move,
  type Next,
  type Step,
  step,
} from './life';

/**
 * Every decision of a run's life: what an event changes, and what is to be done. Pure; lib/store/training.ts
 * holds the life and carries the effects out.
 */
export function transition(life: Life, event: LifeEvent, facts: Facts): Step {
  const { life: next, effects } = decide(life, event, facts);
  const mark = markOf(life, next, event);
  return step(next, ...effects, ...(mark ? [{ type: 'mark', mark } as const] : []));
}

/** What of a step belongs on the timeline: a failure, what the run has recovered from, another backend. */
function markOf(before: Life, after: Life, event: LifeEvent): TimelineMark | undefined {
  const { status, recovered, backend, iteration, documentId } = after;
  const isEdit = event.type === 'message' && event.message.type === 'compiled';
  if (documentId !== before.documentId) return undefined;
  const at = (type: TimelineMark['type'], text: string): TimelineMark => ({ iteration, type, text });
  if (status.type === 'failed' && before.status.type !== 'failed')
    // The detector of losses that are not finite has marked it.
    return status.diagnostic.code === 'loss-not-finite'
      ? undefined
      : at('failure', status.diagnostic.message);
  // Of a document that was edited at rest, else of a worker or a device that was lost.
  if (recovered && recovered !== before.recovered) return at(isEdit ? 'edit' : 'failure', recovered);
  if (backend && before.backend && backend !== before.backend && iteration > 0)
    return at('backend', `${backends[before.backend].title} → ${backends[backend].title}`);
  return undefined;
}

function decide(life: Life, event: LifeEvent, facts: Facts): Step {
  switch (event.type) {
    case 'document':
      return takeDocument(life, event, facts);
    case 'play':
      return play(life, facts);
    case 'pause':
      return step(move(life, { type: 'pause' }), ...send(life, 'pause'));
    case 'step':
      return stepOnce(life, facts);
    case 'rest':
      return life.status.type === 'idle' ? beginIdle(life, 'rest', facts) : step(life);
    case 'reset':
      return begin(life, { type: 'play', next: 'rest' }, facts);
    case 'undo-reset':
      return life.replaced?.fits ? begin(life, { type: 'bring-back', next: 'rest' }, facts) : step(life);
    case 'answer': {
      const { awaited } = life;
      const answered: Life = {
        ...life,
        awaited: undefined,
        asking: undefined,
        isAllowed: life.isAllowed || event.yes,
      };
      return event.yes && awaited ? begin(answered, awaited, facts) : step(answered);
    }
    case 'open-weights':
      return begin(life, { type: 'open', weights: event.weights }, facts);
    case 'save':
      return isUnderWay(life.status) ? step(life, { type: 'save' }) : step(life);
    case 'prefer':
      return prefer(life, facts);
    case 'change-backend':
      return life.runId === event.runId && isUnderWay(life.status)
        ? begin(life, goOn(life, isAtRest(life.status) ? 'rest' : 'run'), facts)
        : step(life);
    case 'warm': {
      const { checked, choice } = life;
      const chosen = checked && !choice.backend ? facts.choose(checked.cost) : choice;
      return step({ ...life, choice: chosen }, { type: 'warm' }, { type: 'predict', how: 'open' });
    }
    case 'vacated': {
      const { pending } = life;
      if (pending?.start.runId !== event.runId) return step(life);
      if (event.problem) return failPending(life, event.problem);
      const begun = event.iteration === undefined ? step(life) : standAt(life, event.iteration);
      // The document may have changed while the run before it came to its end.
      return andThen(
        andThen(begun, (next) => startPending(next, pending)),
        (started) => followEdits(started, facts),
      );
    }
    case 'message':
      return receive(life, event.documentId, event.message, facts);
    case 'lost':
      return event.runId === life.runId ? surviveLoss(life, event, facts) : step(life);
    case 'choice':
      return step({ ...life, choice: event.choice });
    case 'expected':
      return step({ ...life, expected: event.expected });
    case 'dismiss':
      return step({ ...life, recovered: undefined });
    default:
      return assertNever(event);
  }
}

function play(life: Life, facts: Facts): Step {
  const { status } = life;
  if (status.type === 'failed') return begin(life, goOn(life, 'run'), facts);
  if (status.type === 'idle') return beginIdle(life, 'run', facts);
  if (status.type === 'paused' && status.done) return step(life);
  return step(move(life, { type: 'play' }), ...send(life, 'play'));
}

function stepOnce(life: Life, facts: Facts): Step {
  if (life.status.type === 'paused') return step(move(life, { type: 'step' }), ...send(life, 'step'));
  return life.status.type === 'idle' ? beginIdle(life, 'step', facts) : step(life);
}

/** From what is kept by now, whichever page has trained it. */
function beginIdle(life: Life, next: Next, facts: Facts): Step {
  const now: Life = { ...life, kept: Math.max(life.kept, facts.kept(life.documentId)) };
  return begin(now, goOn(now, next), facts);
}

const send = ({ runId }: Life, type: 'play' | 'pause' | 'step'): Effect[] =>
  runId ? [{ type: 'send', message: { type, runId } }] : [];

/** A run changes its backend from a checkpoint of now. */
function prefer(life: Life, facts: Facts): Step {
  const { checked, status, backend, runId } = life;
  if (!checked) return step(life);
  const choice = facts.choose(checked.cost);
  const free: Life = { ...life, failed: [] };
  if (!isUnderWay(status) || !runId) return step({ ...free, choice }, { type: 'predict', how: 'update' });
  return choice.backend === backend
    ? step({ ...free, choice })
    : step(free, { type: 'save', next: { type: 'change-backend', runId } });
}

/** What was brought back stands where its last checkpoint does. */
const standAt = (life: Life, iteration: number): Step =>
  step({ ...life, kept: iteration, iteration }, { type: 'keep', documentId: life.documentId, iteration });

function receive(life: Life, documentId: string, message: RunReport, facts: Facts): Step {
  const isCurrent = message.runId === life.runId;
  const isOtherDocument = documentId !== life.documentId;
  const isApart = message.type === 'saved' && message.isApart;
  if (isApart) return isCurrent ? step(life, { type: 'part' }) : step(life);
  // A run that ended may still report its last checkpoint, unless a newer one took its place.
  const saved: Effect[] =
    message.type === 'saved' && (isCurrent || isOtherDocument)
      ? [{ type: 'keep', documentId, iteration: message.iteration }]
      : [];
  if (!isCurrent) return step(life, ...saved);
  if (message.type === 'failed' && isDeviceFailure(message.diagnostic))
    return moveOn(life, message.diagnostic, facts);
  const kept = message.type === 'saved' ? message.iteration : life.kept;
  const moved: Life = { ...move(life, { type: 'message', message }), kept };
  const isStarting =
    (message.type === 'status' && message.status === 'running') ||
    (message.type === 'compiled' && moved.status.type === 'running');
  const change = message.type === 'compiled' ? message.change : undefined;
  const noted = change ? noteChange(moved, change) : step(moved);
  return step(
    noted.life,
    ...saved,
    ...noted.effects,
    { type: 'show', message },
    // What is shown now goes with the weights that were written now.
    ...(message.type === 'saved' ? [{ type: 'results', how: 'keep', documentId } as const] : []),
    ...(isStarting ? [{ type: 'measure', on: true } as const] : []),
  );
}
