import { expect, vi } from 'vitest';
import type { Checked } from '@/lib/check/checked';
import { emptyGraph } from '@/lib/graph/schema';
import type { Listener, TrainClient } from '@/lib/train/client';
import type { TryRequest } from '@/lib/train/page-trial';
import type { RunMessage, RunReport, StartMessage } from '@/lib/train/protocol';
import { type BackendGuide, noChoice } from '../backend-guide';
import type { KeptResults } from '../kept-results';
import { createTrainingStore } from '../training';
import { noSnapshots } from './no-snapshots';

/** A document that a mocked compiler takes. */
export const gameOf = (settings: Partial<Checked['graph']['settings']> = {}, more: Partial<Checked> = {}) => {
  const graph = emptyGraph();
  return {
    graph: { ...graph, settings: { ...graph.settings, ...settings } },
    nodes: new Map(),
    networks: new Map(),
    diagnostics: [],
    cost: { parameters: 10, multiplyAdds: 1000, bytes: 1000, memory: { base: 1, moments: [] } },
    ...more,
  } as unknown as Checked;
};

/** A training store with a worker that says what a test lets it say. */
export function trainingWith(
  changes: Partial<TrainClient> = {},
  newest?: () => { id: string; checked: Checked },
) {
  const started: StartMessage[] = [];
  const sent: RunMessage[] = [];
  const tried: { request: TryRequest; report: Parameters<TrainClient['tryOut']>[1] }[] = [];
  const ended: number[] = [];
  let listener: Listener | undefined;
  const client: TrainClient = {
    start(message, next) {
      started.push(message);
      listener = next;
    },
    send: (message) => void sent.push(message),
    save: async () => 'nothing-new',
    ask: async () => undefined,
    stop: async () => {},
    warm: () => {},
    end: () => {},
    measure: async () => null,
    tryOut: (request, report) => {
      tried.push({ request, report });
      return () => void ended.push(request.plan.settings.batchSize);
    },
    close: () => {},
    ...changes,
  };
  const guide: BackendGuide = {
    choose: () => ({ ...noChoice, backend: 'wasm', why: 'no GPU', available: ['wasm', 'cpu'] }),
    learn: () => noChoice,
    prefer: () => {},
  };
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const results: KeptResults = { save: async () => {}, load: async () => undefined, remove: async () => {} };
  const bringBack = async () => undefined;
  const apart = { page: 'this', part: () => {} };
  const recorded: [run: string, batchSize: number | undefined, losses: number, notes: string[]][] = [];
  const store = createTrainingStore({
    client,
    guide,
    storage,
    results,
    bringBack,
    snapshots: { ...noSnapshots, present: async (of) => `run of ${of}` },
    ...apart,
    record: (run, graph, { losses, marks = [] }) => {
      const notes = marks.filter(({ type }) => type === 'note').map(({ text }) => text);
      recorded.push([run, graph?.settings.batchSize, losses.length, notes]);
    },
    ...(newest && { newest }),
  });
  const say = (fields: object) =>
    listener?.message({ runId: store.getState().runId, ...fields } as unknown as RunReport);
  const run = async () => {
    store.play();
    await vi.waitFor(() => expect(started.length).toBeGreaterThan(0));
    say({ type: 'compiled', backend: 'wasm', iteration: 0, summaries: {} });
    say({ type: 'status', status: 'running', iteration: 0 });
  };
  return {
    store,
    started,
    sent,
    tried,
    ended,
    say,
    run,
    storage,
    recorded,
    lose: () => listener?.lost('crashed', 'out of memory'),
  };
}
