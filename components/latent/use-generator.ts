import { useEffect, useMemo } from 'react';
import { useTraining, useTrainingStore } from '@/components/dock/training-context';
import { usePlain } from '@/components/hooks/use-checked';
import { nameOf } from '@/lib/check/names';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan, Ref } from '@/lib/compile/plan';
import { refKey } from '@/lib/compile/tf/tasks';
import { hasErrors } from '@/lib/graph/diagnostic';
import type { TrainingStore } from '@/lib/store/training-state';
import type { AnswerTo, Ask } from '@/lib/train/ask';
import { generatedBy, nothingGenerated } from '@/lib/train/sample-set';

export interface Output {
  readonly ref: Ref;
  readonly key: string;
  readonly name: string;
}

/** What the run, as it stands, can be asked for; or why there is nothing to ask. */
export type Generator =
  | { readonly type: 'missing'; readonly why: string }
  | { readonly type: 'ready'; readonly plan: Plan; readonly outputs: readonly Output[] };

/** Of the run that is there; one that was kept is taken up, at rest. */
export function useGenerator(): Generator {
  const training = useTrainingStore();
  const checked = usePlain();
  const status = useTraining((state) => state.status.type);
  const kept = useTraining((state) => state.kept);
  useEffect(() => {
    if (status === 'idle' && kept > 0) training.rest();
  }, [training, status, kept]);
  const plan = useMemo(() => (hasErrors(checked.diagnostics) ? undefined : compilePlan(checked)), [checked]);
  return useMemo(() => {
    if (status === 'idle' && kept === 0)
      return missing('Press play first: what is looked at here is the run as it stands.');
    if (status === 'failed') return missing('The run has failed. Problems says why.');
    if (status === 'idle' || status === 'compiling') return missing('The run is taken up …');
    if (!plan) return missing('The graph has errors. Problems lists them.');
    const outputs = generatedBy(plan).map((ref) => ({
      ref,
      key: refKey(ref),
      name: nameOf(checked, ref.node),
    }));
    return outputs.length > 0 ? { type: 'ready', plan, outputs } : missing(nothingGenerated);
  }, [checked, plan, status, kept]);
}

const missing = (why: string): Generator => ({ type: 'missing', why });

/** The answer of the run's game; an error says why there is none. */
export async function askRun<A extends Ask>(training: TrainingStore, ask: A): Promise<AnswerTo<A>> {
  const answered = await training.ask(ask);
  if (!answered) throw new Error('The run has ended.');
  if (!answered.ok) throw new Error(answered.problem);
  return answered.answer as AnswerTo<A>;
}
