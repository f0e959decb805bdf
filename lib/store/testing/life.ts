import { checkGraph } from '@/lib/check/check';
import type { Checked } from '@/lib/check/checked';
import type { BackendName } from '@/lib/engine/backend-name';
import type { Settings } from '@/lib/graph/schema';
import { loadExample } from '@/lib/train/testing/train';
import { noChoice } from '../backend-guide';
import { type Effect, type Facts, initialLife, type LifeEvent, type Step } from '../life/life';
import { transition } from '../life/transition';

/** Lives of a run as lists of events: what tests of lib/store/life share. */
export const game = (settings: Partial<Settings> = {}, more: Partial<Checked> = {}): Checked => ({
  ...checkGraph(loadExample('gan-lab', settings)),
  ...more,
});

export const machine = (backend: BackendName, ...others: BackendName[]): Facts => ({
  now: 0,
  deviceMemory: undefined,
  choose: () => ({ ...noChoice, backend, why: 'first', available: [backend, ...others] }),
  kept: () => 0,
});

export const open = (checked = game(), kept = 0, id = 'doc'): LifeEvent => ({
  type: 'document',
  id,
  checked,
  kept,
});

export const report = (fields: object, documentId = 'doc', runId = 'run-1'): LifeEvent =>
  ({ type: 'message', documentId, message: { runId, ...fields } }) as LifeEvent;

export const vacated = (run = 1): LifeEvent => ({ type: 'vacated', runId: `run-${run}` });

/** Where these events lead, and what the last of them asks for. */
export function follow(events: readonly LifeEvent[], facts = machine('wasm', 'webgl')): Step {
  return events.reduce<Step>(({ life }, event) => transition(life, event, facts), {
    life: initialLife,
    effects: [],
  });
}

export const find = <T extends Effect['type']>({ effects }: Step, type: T) =>
  effects.find((effect): effect is Extract<Effect, { type: T }> => effect.type === type);
