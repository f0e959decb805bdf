import type { Checked } from '@/lib/check/checked';
import { memoryProblem } from '@/lib/check/memory';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { type BackendName, backends } from '@/lib/engine/backend-name';
import { memoryLimit } from '@/lib/engine/memory-limit';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { fingerprint } from '@/lib/train/checkpoint';
import { isAtRest } from '../run-state';
import { isOverBudget } from '../training-state';
import {
  type Beginning,
  type Effect,
  errorsOf,
  type Facts,
  type Life,
  move,
  type Next,
  type Pending,
  type Step,
  step,
} from './life';

/** A run is refused, asked about, or begun: first the one before it has to end. */
export function begin(life: Life, how: Beginning, facts: Facts): Step {
  const { checked } = life;
  if (!checked) return step(life);
  if (errorsOf(life) > 0) return refuse(life);
  const choice = facts.choose(checked.cost);
  const backend = how.type === 'move' ? how.backend : (choice.backend ?? 'wasm');
  const refused = tooLarge(checked, backend, facts);
  if (refused) return refuse({ ...life, refused });
  if (isOverBudget(checked.cost) && !life.isAllowed)
    return step({ ...life, refused, awaited: how, asking: checked.cost });
  const plan = compilePlan(checked);
  // The check has a warning that says so.
  if (plan.players.length + plan.views.length === 0) return refuse({ ...life, refused });
  return start({ ...life, refused, choice: { ...choice, backend } }, how, plan, backend);
}

function start(life: Life, how: Beginning, plan: Plan, backend: BackendName): Step {
  const { documentId } = life;
  const runId = `run-${life.runs + 1}`;
  const kept = keptBy(life, how);
  // Without a player nothing moves; the views are still worth a look.
  const next = plan.players.length === 0 ? 'rest' : how.type === 'open' ? 'rest' : how.next;
  const note = 'note' in how ? how.note : undefined;
  const begun = move(life, {
    type: 'start',
    runId,
    target: plan.settings.iterations,
    backend,
    paused: next !== 'run',
    iteration: kept,
    ...(note && { note }),
  });
  const resume = kept > 0 || how.type === 'open' || how.type === 'bring-back';
  const message = { type: 'start', runId, plan, backend, resume } as const;
  const effects: Effect[] = [
    ...(kept === life.kept ? [] : [{ type: 'keep', documentId, iteration: kept } as const]),
    { type: 'measure', on: false },
    ...resultsOf(how, documentId),
    { type: 'predict', how: 'update' },
    // What is opened or brought back takes the place of what the run before kept last.
    {
      type: 'vacate',
      runId,
      ...(how.type === 'open' && { weights: how.weights }),
      ...(how.type === 'bring-back' && { bringBack: documentId }),
    },
  ];
  return step(
    {
      ...begun,
      kept,
      plan,
      replaced: replacedBy(life, how, plan),
      runs: life.runs + 1,
      recovered: note,
      pending: { start: { ...message, ...(documentId && { checkpointKey: documentId }) }, next },
    },
    ...effects,
  );
}

/** The run before has ended: the worker is free. */
export function startPending(life: Life, { start, next }: Pending): Step {
  const { documentId, checked, status } = life;
  const { runId } = start;
  const message = { ...start, paused: isAtRest(status) };
  const multiplyAdds = checked?.cost.multiplyAdds ?? 0;
  return step(
    { ...life, pending: undefined },
    { type: 'start', message, documentId, multiplyAdds },
    ...(next === 'step' ? [{ type: 'send', message: { type: 'step', runId } } as const] : []),
  );
}

/** Weights from elsewhere could not be written, and those before them are gone. */
export function failPending(life: Life, diagnostic: Diagnostic): Step {
  const failed = move({ ...life, pending: undefined, kept: 0 }, { type: 'fail', diagnostic });
  return step(failed, { type: 'keep', documentId: life.documentId, iteration: 0 });
}

/** From what is kept, if there is something. */
export const goOn = ({ kept }: Life, next: Next, note?: string): Beginning =>
  kept > 0 || note ? { type: 'resume', next, ...(note && { note }) } : { type: 'play', next };

/** Why this game cannot run on a backend here, or undefined. */
function tooLarge({ cost, graph }: Checked, backend: BackendName, facts: Facts): Diagnostic | undefined {
  const limit = memoryLimit(backend, facts.deviceMemory);
  return memoryProblem(cost.memory, graph.settings.batchSize, limit, `${backends[backend].title} here`);
}

const refuse = (life: Life): Step => step({ ...life, refusals: life.refusals + 1 });

function keptBy(life: Life, how: Beginning): number {
  if (how.type === 'play') return 0;
  if (how.type === 'bring-back') return life.replaced?.iteration ?? 0;
  return how.type === 'open' ? how.weights.iteration : life.kept;
}

/** What a run that begins sets aside: a run of some iterations, of a document that is kept. */
function replacedBy(life: Life, how: Beginning, plan: Plan): Life['replaced'] {
  if (how.type === 'resume' || how.type === 'move') return life.replaced;
  const { documentId, status, kept } = life;
  const iteration = status.type === 'idle' ? kept : Math.max(kept, life.iteration);
  if (documentId !== '' && iteration > 0) {
    const game = fingerprint(life.plan ?? plan);
    return { iteration, game, fits: game === fingerprint(plan) };
  }
  return how.type === 'bring-back' ? undefined : life.replaced;
}

function resultsOf(how: Beginning, documentId: string): Effect[] {
  if (how.type === 'resume' || how.type === 'move') return [];
  return [{ type: 'results', how: how.type === 'bring-back' ? 'exchange' : 'setAside', documentId }];
}
