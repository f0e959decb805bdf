'use client';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useTraining, useTrainingStore } from '@/components/dock/training-context';
import { Button } from '@/components/ui/button';
import { createSweeper, type Sweeper } from '@/lib/store/sweeper';
import type { TrainingStore } from '@/lib/store/training-state';
import { createTrainClient } from '@/lib/train/client';
import { spawnTrainWorker } from '@/lib/train/connection';
import { keptSweeps } from './kept-sweeps';
import type { ResultChoice } from './result-actions';
import { SweepForm } from './sweep-form';
import { SweepResults } from './sweep-results';

/** One for each page: runs go on while the panel is closed. */
const sweepers = new WeakMap<TrainingStore, Sweeper>();

function sweeperOf(training: TrainingStore): Sweeper {
  const known = sweepers.get(training);
  if (known) return known;
  const assets = () => new URL(process.env.GANVAS_WASM ?? '', window.location.href).href;
  const isHidden = () => document.visibilityState === 'hidden';
  const sweeper = createSweeper({
    client: createTrainClient({ spawn: spawnTrainWorker, assets, isHidden }),
    sweeps: keptSweeps,
    backend: () => training.getState().choice.backend ?? 'wasm',
  });
  sweepers.set(training, sweeper);
  let before = training.getState().documentId;
  training.subscribe(({ documentId }) => {
    if (documentId !== before) void sweeper.open(documentId);
    before = documentId;
  });
  return sweeper;
}

/** The sweep of the document, or what begins one. */
export function SweepSection({ choice }: { readonly choice: ResultChoice }) {
  const training = useTrainingStore();
  const sweeper = sweeperOf(training);
  const document = useTraining((state) => state.documentId);
  useEffect(() => void sweeper.open(document), [sweeper, document]);
  const { sweep, problem } = useStore(sweeper);
  const [isAsked, setAsked] = useState(false);
  if (sweep) return <SweepResults key={sweep.id} sweeper={sweeper} sweep={sweep} choice={choice} />;
  if (isAsked) return <SweepForm sweeper={sweeper} onStart={() => setAsked(false)} />;
  return (
    <div>
      <Button size="sm" onClick={() => setAsked(true)}>
        Sweep: train once for each of several values …
      </Button>
      {problem ? <p role="alert">{problem}</p> : null}
    </div>
  );
}
