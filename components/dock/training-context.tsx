'use client';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type Live, LiveContext } from '@/components/canvas/live';
import { useKeeping } from '@/components/editor/autosave-context';
import { useStores } from '@/components/hooks/stores';
import { needed } from '@/components/ui/missing';
import { readied } from '@/components/ui/ready';
import { whenIdle } from '@/components/ui/when-idle';
import { prefixOf } from '@/lib/check/blocks/inside';
import type { Checked } from '@/lib/check/checked';
import { plainOf } from '@/lib/edit/checked-of';
import { describeMachine } from '@/lib/engine/gpu';
import type { Graph } from '@/lib/graph/schema';
import { createBackendGuide } from '@/lib/store/backend-guide';
import { createKeptResults } from '@/lib/store/kept-results';
import { safeStorage } from '@/lib/store/kept-runs';
import { takeRunAlong } from '@/lib/store/take-run-along';
import type { SnapshotSource } from '@/lib/store/timeline';
import { createTrainingStore } from '@/lib/store/training';
import type { TrainingState, TrainingStore } from '@/lib/store/training-state';
import { createTrainClient } from '@/lib/train/client';
import { spawnTrainWorker } from '@/lib/train/connection';
import { bringBackReplaced, copyKept, replaceRun } from '@/lib/train/document-runs';
import { listSnapshots, openSnapshot, presentRun, readFrames } from '@/lib/train/run-store';
import { assert } from '@/lib/util/assert';
import { createLive } from './live';

/** The run of the open document: made once per page, fed with every edit, shown on the canvas. */
const TrainingContext = createContext<TrainingStore | null>(null);

/** Edits that come quickly, as from a slider, reach the run together. */
const EDIT_MS = 80;
/** The worker starts when the page has come to rest, or after this time. */
const WARM_AFTER_MS = 600;
/** What deleted documents have left is removed when the page is long at rest. */
const TIDY_AFTER_MS = 15_000;

const snapshots: SnapshotSource = {
  list: listSnapshots,
  present: presentRun,
  frames: readFrames,
  open: openSnapshot,
  branch: (documentId, from, checkpoint) => replaceRun(documentId, checkpoint, from),
};

const loadKeeping = readied(() => import('./keep-runs'));
const runKeeping = () => needed('What keeps runs', loadKeeping);

interface Newest {
  readonly id: string;
  readonly graph: Graph;
  readonly checked: Checked;
}

function createTraining(
  page: string,
  newest: () => Newest,
  part: (documentId: string) => void,
): TrainingStore {
  const storage = safeStorage();
  const assets = () => new URL(process.env.GANVAS_WASM ?? '', window.location.href).href;
  const isHidden = () => document.visibilityState === 'hidden';
  const client = createTrainClient({ spawn: spawnTrainWorker, assets, isHidden });
  const guide = createBackendGuide(describeMachine, storage);
  const deviceMemory = () => (navigator as Navigator & { readonly deviceMemory?: number }).deviceMemory;
  const results = createKeptResults();
  return createTrainingStore({
    client,
    guide,
    storage,
    results,
    snapshots,
    record: (run, graph, results) => void runKeeping().then(({ keepRun }) => keepRun(run, graph, results)),
    bringBack: bringBackReplaced,
    newest,
    page,
    part,
    deviceMemory,
  });
}

export function TrainingProvider({ children }: { readonly children: ReactNode }) {
  const { editor } = useStores();
  const { autosave, documents } = useKeeping();
  const [page] = useState(() => crypto.randomUUID());
  const [newest] = useState(() => () => {
    const { id, graph } = editor.getState();
    return { id, graph, checked: plainOf(graph) };
  });
  const [training] = useState(() => createTraining(page, newest, autosave.part));
  const [live] = useState<Live>(() => createLive(training, () => prefixOf(editor.getState().path)));

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hand = () => {
      const { id, checked, graph } = newest();
      training.setDocument(id, checked, graph);
    };
    hand();
    const unsubscribe = editor.subscribe((state, before) => {
      if (state.graph === before.graph && state.id === before.id) return;
      clearTimeout(timer);
      if (state.id === before.id) timer = setTimeout(hand, EDIT_MS);
      else if (before.id !== '' && state.copyOf === before.id)
        takeRunAlong(training, hand, () => copyKept(before.id, state.id, page));
      else hand();
    });
    const unsubscribeRun = training.subscribe((state, before) => {
      if (state.status !== before.status && state.status.type === 'running') autosave.markWorked();
    });
    const saveWhenHidden = () => {
      if (document.visibilityState === 'hidden') training.save();
    };
    document.addEventListener('visibilitychange', saveWhenHidden);
    const cancelWarming = whenIdle(() => training.warm(), WARM_AFTER_MS);
    const tidying = setTimeout(
      () => void runKeeping().then(({ tidyUp }) => tidyUp(documents)),
      TIDY_AFTER_MS,
    );
    return () => {
      clearTimeout(timer);
      cancelWarming();
      clearTimeout(tidying);
      unsubscribe();
      unsubscribeRun();
      document.removeEventListener('visibilitychange', saveWhenHidden);
      training.dispose();
    };
  }, [autosave, documents, editor, newest, page, training]);

  return (
    <TrainingContext value={training}>
      <LiveContext value={live}>{children}</LiveContext>
    </TrainingContext>
  );
}

export function useTrainingStore(): TrainingStore {
  const store = use(TrainingContext);
  assert(store, 'a TrainingProvider around this component');
  return store;
}

export const useTraining = <T,>(select: (state: TrainingState) => T): T =>
  useStore(useTrainingStore(), select);
