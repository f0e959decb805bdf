import { parseDocumentValue } from '@/lib/check/parse';
import type { Graph } from '@/lib/graph/schema';
import { planSweep, type SweepRun } from '@/lib/train/sweep';
import { loadGraph, printDiagnostics } from './load';
import { readSweep, type SweepFile } from './sweep-files';
import { UsageError } from './usage';

interface PlannedSweep {
  readonly file: SweepFile;
  readonly graph: Graph;
  readonly runs: readonly SweepRun[];
}

/** The runs of a sweep's file; undefined where its graph cannot be read, which goes to standard error. */
export async function plannedSweep(path: string | undefined): Promise<PlannedSweep | undefined> {
  const file = readSweep(path);
  const graph = await graphOf(file);
  if (!graph) return undefined;
  const planned = planSweep(
    graph,
    Object.entries(file.vary).map(([path, values]) => ({ path, values })),
  );
  if (!planned.ok) throw new UsageError(planned.problems.join('\n'));
  return { file, graph, runs: planned.runs };
}

async function graphOf({ graph, iterations }: SweepFile): Promise<Graph | undefined> {
  const loaded = typeof graph === 'string' ? await loadGraph(graph) : readDocument(graph);
  return loaded && iterations !== undefined
    ? { ...loaded, settings: { ...loaded.settings, iterations } }
    : loaded;
}

function readDocument(document: unknown): Graph | undefined {
  const parsed = parseDocumentValue(document);
  if (!parsed.ok) printDiagnostics(parsed.diagnostics);
  return parsed.ok ? parsed.graph : undefined;
}
