import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useTraining, useTrainingStore } from '@/components/dock/training-context';
import { checkGraph } from '@/lib/check/check';
import type { Checked } from '@/lib/check/checked';
import { defaultName } from '@/lib/store/run-names';
import type { RunSummary, RunWords } from '@/lib/store/run-records';
import { bytesOfRuns, type ListedRun, listRuns } from '@/lib/train/run-list';
import { runRecords } from './run-records';

/** A run as it is listed. */
export interface ShownRun extends ListedRun {
  /** As it is called, by somebody or by what was changed. */
  readonly title: string;
  readonly words: RunWords;
  /** Both are missing of runs that an older page made. */
  readonly summary: RunSummary | undefined;
  readonly graph: Checked | undefined;
}

interface Runs {
  /** Newest first; undefined until they were read. */
  readonly list: readonly ShownRun[] | undefined;
  /** Of all runs in this browser. */
  readonly bytes: number;
  reload(): Promise<void>;
}

/** A run that trains has a snapshot more many times a second. */
const RELOAD_MS = 400;

/** The runs of the open document, as they are now. */
export function useRuns(): Runs {
  const { timeline } = useTrainingStore();
  const document = useTraining((state) => state.documentId);
  const status = useTraining((state) => state.status.type);
  const snapshots = useStore(timeline, (state) => state.snapshots);
  const [shown, setShown] = useState<Omit<Runs, 'reload'>>({ list: undefined, bytes: 0 });
  const checked = useRef<GraphCache>(new Map());

  const reload = useCallback(async () => {
    // Without storage there is nothing to list.
    const [list, bytes] = await Promise.all([readRuns(document, checked.current), bytesOfRuns()]).catch(
      () => [[], 0] as const,
    );
    setShown({ list, bytes });
  }, [document]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the run has a snapshot more, or rests
  useEffect(() => {
    const timer = setTimeout(() => void reload(), RELOAD_MS);
    return () => clearTimeout(timer);
  }, [reload, snapshots, status]);
  useEffect(() => void reload(), [reload]);
  return { ...shown, reload };
}

type Untitled = Omit<ShownRun, 'title'>;

const titleOf = (run: Untitled, before: Untitled | undefined): string =>
  run.words.name ?? defaultName(run, before);

type GraphCache = Map<string, { readonly writtenAt: number; readonly graph: Checked | undefined }>;

/** The runs of a document, the newest first, with their titles. */
export async function readRuns(
  document: string,
  cache: GraphCache = new Map(),
): Promise<readonly ShownRun[]> {
  const runs = await listRuns(document);
  const list = await Promise.all(runs.map((run) => read(run, cache)));
  return list.map((run, i) => ({ ...run, title: titleOf(run, list[i + 1]) }));
}

async function read(run: ListedRun, cache: GraphCache): Promise<Untitled> {
  const [words, summary] = await Promise.all([runRecords.words(run.id), runRecords.summary(run.id)]).catch(
    () => [{}, undefined] as const,
  );
  const known = cache.get(run.id);
  if (known?.writtenAt === run.writtenAt && known.graph)
    return { ...run, words, summary, graph: known.graph };
  const kept = await runRecords.graph(run.id).catch(() => undefined);
  const graph = kept && checkGraph(kept);
  cache.set(run.id, { writtenAt: run.writtenAt, graph });
  return { ...run, words, summary, graph };
}
