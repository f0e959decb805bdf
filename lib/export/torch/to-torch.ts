import type { Plan, PlanNetwork } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { LOG_DET } from '@/lib/nodes/network/call';
import { readCall } from '@/lib/nodes/role-params';
import { layersWithoutEntries, stateEntriesOf } from '../state-entries';
import { writeAfterIteration, writeSlowWeights } from './averagings';
import { writeGameModules } from './evaluation';
import { toDiagnostic, Unexportable } from './expressions';
import { docstring, settingsText, type TorchOptions } from './head';
import { instances } from './instances';
import { writeIteration, writeTables } from './iteration';
import { writeReference, writeSamples } from './looks';
import { writeMetrics } from './metrics';
import { classesOf, definedIn, nameAll } from './names';
import { bufferedOps, hasStatistics, writeNetwork } from './networks';
import { featuresOf, writeLoss, writePlayer, writeUpdate, writeUpdateTogether } from './players';
import * as context from './runtime/context';
import { eventFiles } from './runtime/events';
import { pictures, safetensors } from './runtime/files';
import { keptRun } from './runtime/kept-run';
import { main, train } from './runtime/main';
import { measuring } from './runtime/measuring';
import { averaged, playerClass } from './runtime/player';
import { replayPython } from './runtime/replay';
import { slowWeights } from './runtime/slow-weights';
import { batch, clock, imports, ramp, ranks, setting } from './runtime/start';
import { writeSources } from './sources';

type TorchExport =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A plan as one Python file: the same game in PyTorch. */
export function toTorch(plan: Plan, options: TorchOptions): TorchExport {
  const problems: Unexportable[] = layersWithoutEntries(plan).map(
    ({ id, kind }) => new Unexportable(id, `The weights of ${kind} have no place in PyTorch yet.`),
  );
  const tried = <T>(write: () => T, otherwise: T): T => {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof Unexportable)) throw error;
      problems.push(error);
      return otherwise;
    }
  };
  const names = nameAll(plan);
  const entries = stateEntriesOf(plan);
  const sources = writeSources(plan, names);
  problems.push(...sources.problems);
  const networks = plan.networks.map((network) =>
    tried(() => writeNetwork(network, names, entries, isFlow(plan, network)), ''),
  );
  const references = plan.networks.flatMap((network) =>
    network.reference ? [tried(() => writeReference(plan, network, names), '')] : [],
  );
  const losses = plan.players.map((player) => tried(() => writeLoss(plan, player, names), ''));
  const players = plan.players.map((player) => tried(() => writePlayer(player, names), ''));
  const updates =
    plan.settings.update === 'alternating'
      ? plan.players.map((player) => tried(() => writeUpdate(plan, player, names), ''))
      : [tried(() => writeUpdateTogether(plan, names), '')];
  const after = tried(() => writeAfterIteration(plan, names), '');
  const modules = tried(() => writeGameModules(plan, names), []);
  const samples = tried(() => writeSamples(plan, names), '');
  const metrics = writeMetrics(plan, names);
  if (problems.length > 0) return { ok: false, diagnostics: unique(problems).map(toDiagnostic) };

  const features = featuresOf(plan);
  const written = [
    ...networks,
    ...references,
    ...losses,
    ...players,
    ...updates,
    after,
    samples,
    ...metrics.functions,
    ...modules,
  ];
  const hasSlow = plan.averagings.length > 0;
  const has = (word: string) => written.some((text) => text.includes(word));
  const iteration = writeIteration(plan, names);
  const settable = [...written, sources.text, iteration].flatMap((text) =>
    [...text.matchAll(/setting\("([^"]+)"/g)].map(([, name]) => name as string),
  );
  const kept: context.Kept = {
    calls: plan.networks.some(hasStatistics)
      ? plan.calls.filter((call) => has(`noted("${call}"`))
      : undefined,
    hasBuffers: bufferedOps(plan).length > 0,
  };
  const parts = [
    imports,
    settingsText(plan, options),
    ranks,
    clock,
    ...(has('ramp(') || sources.text.includes('ramp(') ? [ramp] : []),
    setting([...new Set(settable)]),
    heading('Data: NumPy arrays, channels last.'),
    sources.text,
    batch,
    heading('Networks: tensors are [rows, channels, ...].'),
    context.noise,
    ...(features.notes ? [context.observing(kept)] : []),
    ...(features.notes && (features.unroll || metrics.functions.length > 0) ? [context.unnoted(kept)] : []),
    ...(has('prepare(') ? [context.prepare] : []),
    ...(references.length > 0 ? [context.refer(kept.calls !== undefined)] : []),
    ...(has('evaluated(') ? [context.evaluated] : []),
    ...(has('sampled(') ? [context.sampled] : []),
    ...namedBy(written, classesOf(plan)),
    ...networks,
    instances(plan, names, modules),
    ...references,
    ...(names.averages.size > 0 ? [context.follow] : []),
    heading('The players.'),
    averaged,
    playerClass(features),
    players.join('\n'),
    ...(hasSlow ? [slowWeights, writeSlowWeights(plan, names)] : []),
    heading('The game: what each player minimises, and how it moves.'),
    ...losses,
    ...updates,
    ...(hasSlow ? [after] : []),
    writeTables(plan, names),
    iteration,
    samples,
    heading('Files.'),
    safetensors,
    pictures(takesSlopes(samples)),
    eventFiles,
    ...(metrics.functions.length > 0
      ? [
          heading('Metrics, as the editor measures them.'),
          ...metrics.helpers,
          measuring(metrics.functions.some(takesSlopes), features.notes, has('run_rows(')),
          ...metrics.functions,
        ]
      : []),
    metrics.table,
    heading('Comparing with a record.'),
    replayPython({
      ...features,
      hasBuffers: kept.hasBuffers,
      hasSlow,
      hasReference: references.length > 0,
      divides: plan.players.some(({ kind }) => definitionOf(kind).traits?.adaptive === true),
    }),
    heading('The run.'),
    keptRun({ ...features, hasBuffers: kept.hasBuffers, hasSlow }),
    train,
    main(hasSlow),
  ];
  const text = `${docstring(plan, options, metrics.left)}\n\n${parts.join('\n\n\n')}\n`;
  return { ok: true, text };
}

/** Those classes that lines name, or a later class that is named: by a call, or to extend them. */
function namedBy(lines: readonly string[], classes: readonly string[]): readonly string[] {
  const named: string[] = [];
  const isNamed = (name: string) =>
    [...lines, ...named].some((other) => other.includes(`${name}(`) || other.includes(`(${name}):`));
  for (const text of classes.toReversed()) if (definedIn(text).some(isNamed)) named.unshift(text);
  return named;
}

/** Whether a call takes a network's log-determinant, or its inverse. */
const isFlow = (plan: Plan, { id }: PlanNetwork): boolean =>
  plan.game.some(({ params, outputShapes }) => LOG_DET in outputShapes && readCall(params).network === id);

const takesSlopes = (text: string): boolean => text.includes('autograd.grad(');

const heading = (text: string): string => `# ${'-'.repeat(100)}\n# ${text}`;

const unique = (problems: readonly Unexportable[]): Unexportable[] => [
  ...new Map(problems.map((problem) => [`${problem.node} ${problem.message}`, problem])).values(),
];
