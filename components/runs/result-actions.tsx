import { useState } from 'react';
import { useTrainingStore } from '@/components/dock/training-context';
import { useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { showToast } from '@/components/ui/toast';
import { keepResult, runOfResult } from '@/lib/store/keep-result';
import type { ShownResult, Sweep } from '@/lib/store/sweeps';
import { planSweep } from '@/lib/train/sweep';
import { reasonOf } from '@/lib/util/reason-of';
import { keptSweeps } from './kept-sweeps';
import { openRun } from './open-run';
import styles from './result-actions.module.css';
import { runRecords } from './run-records';

/** Which runs are compared, and how results join them. */
export interface ResultChoice {
  readonly chosen: ReadonlySet<string>;
  /** There is room for another. */
  readonly canChoose: boolean;
  readonly onChoose: (run: string, isChosen: boolean) => void;
  /** Brings what is compared into view. */
  readonly onShow: () => void;
  /** The list of runs has changed. */
  readonly onChange: () => Promise<void>;
}

interface ResultActionsProps {
  readonly sweep: Sweep;
  readonly result: ShownResult;
  readonly name: string;
  readonly choice: ResultChoice;
}

/** A result of a sweep as a run: beside others, and gone on from. It then is in the list of runs. */
export function ResultActions({ sweep, result, name, choice }: ResultActionsProps) {
  const stores = useStores();
  const training = useTrainingStore();
  const [isBusy, setBusy] = useState(false);
  const { chosen, canChoose, onChoose, onChange } = choice;
  const id = runOfResult(sweep, result);
  const isChosen = chosen.has(id);

  async function open(then: () => Promise<void> | void): Promise<void> {
    setBusy(true);
    try {
      const planned = planSweep(sweep.graph, sweep.axes);
      const run = planned.ok && planned.runs.find((each) => each.id === result.id);
      if (!run) return;
      await keepResult({ sweep, run, result, name }, keptSweeps, runRecords);
      await then();
      await onChange();
    } catch (error) {
      showToast({ title: 'It could not be opened as a run', description: reasonOf(error) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <span className={styles.actions}>
      <label className={styles.compare}>
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          checked={isChosen}
          disabled={isBusy || !(isChosen || canChoose)}
          onChange={() => (isChosen ? onChoose(id, false) : void open(() => onChoose(id, true)))}
        />
        <span aria-hidden>Compare</span>
      </label>
      <Button
        size="sm"
        aria-label={`Go on from ${name}`}
        title={
          result.stateBytes
            ? 'As a run of this document, with its graph; the run that is open stays in the list'
            : 'Its weights were not kept. It can be compared'
        }
        disabled={isBusy || !result.stateBytes}
        onClick={() => void open(() => openRun({ id, title: name }, stores, training))}
      >
        Go on
      </Button>
    </span>
  );
}
