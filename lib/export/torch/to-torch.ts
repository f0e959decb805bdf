import type { Plan, PlanNetwork } from '@/lib/compile/plan';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import { FIRST_ITERATIONS } from '@/lib/compile/tf/update';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { LOG_DET } from '@/lib/nodes/network/call';
import { placesOf, unplacedLayers } from '../places';
import { writeEvaluation, writeGameModules } from './evaluation';
import { toDiagnostic, Unexportable } from './expressions';
import { classesOf, definedIn, type Names, nameAll, nameOf } from './names';
import { batchLayers, bufferedOps, hasStatistics, isObserved, isPrepared, writeNetwork } from './networks';
import {
  featuresOf,
  writeIteration,
  writeLoss,
  writePlayer,
  writeTables,
  writeUpdate,
  writeUpdateTogether,
} from './players';
import * as context from './runtime/context';
import { pictures, safetensors } from './runtime/files';
import { main, train } from './runtime/main';
import { averaged, playerClass } from './runtime/player';
import { replayPython } from './runtime/replay';
import { batch, clock, imports, ramp, ranks } from './runtime/start';
import { writeSources } from './sources';

export interface TorchOptions {
  readonly title: string;
  readonly about: string;
  /** Name of the weights beside the file, which it starts from. */
  readonly weights?: string;
}

export type TorchExport =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A plan as one Python file: the same game in PyTorch. */
export function toTorch(plan: Plan, options: TorchOptions): TorchExport {
  const problems: Unexportable[] = unplacedLayers(plan).map(
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
  const places = placesOf(plan);
  const sources = writeSources(plan, names);
  problems.push(...sources.problems);
  const networks = plan.networks.map((network) =>
    tried(() => writeNetwork(network, names, places, isFlow(plan, network)), ''),
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
  const modules = tried(() => writeGameModules(plan, names), []);
  const samples = tried(() => writeSamples(plan, names), '');
  if (problems.length > 0) return { ok: false, diagnostics: unique(problems).map(toDiagnostic) };

  const features = featuresOf(plan);
  const written = [...networks, ...references, ...losses, ...players, ...updates, samples, ...modules];
  const has = (word: string) => written.some((text) => text.includes(word));
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
    heading('Data: NumPy arrays, channels last.'),
    sources.text,
    batch,
    heading('Networks: tensors are [rows, channels, ...].'),
    context.noise,
    ...(features.notes ? [context.observing(kept)] : []),
    ...(features.notes && features.unroll ? [context.unnoted(kept)] : []),
    ...(has('prepare(') ? [context.prepare] : []),
    ...(references.length > 0 ? [context.refer(kept.calls !== undefined)] : []),
    ...(has('evaluated(') ? [context.evaluated] : []),
    ...(has('sampled(') ? [context.sampled] : []),
    ...classesOf(plan).filter((text) => definedIn(text).some((name) => has(`${name}(`))),
    ...networks,
    instances(plan, names, modules),
    ...references,
    ...(names.averages.size > 0 ? [context.follow] : []),
    heading('The players.'),
    averaged,
    playerClass(features),
    players.join('\n'),
    heading('The game: what each player minimises, and how it moves.'),
    ...losses,
    ...updates,
    writeTables(plan, names),
    writeIteration(plan, names),
    samples,
    heading('Files.'),
    safetensors,
    pictures(samples.includes('autograd.grad(')),
    heading('Comparing with a record.'),
    replayPython({
      ...features,
      hasBuffers: kept.hasBuffers,
      hasReference: references.length > 0,
      divides: plan.players.some(({ kind }) => definitionOf(kind).traits?.adaptive === true),
    }),
    heading('The run.'),
    train,
    main,
  ];
  const text = `${docstring(plan, options)}\n\n${parts.join('\n\n\n')}\n`;
  return { ok: true, text };
}

/** Whether a call takes a network's log-determinant, or its inverse. */
const isFlow = (plan: Plan, { id }: PlanNetwork): boolean =>
  plan.game.some(({ params, outputShapes }) => params.network === id && LOG_DET in outputShapes);

const heading = (text: string): string => `# ${'-'.repeat(100)}\n# ${text}`;

const unique = (problems: readonly Unexportable[]): Unexportable[] => [
  ...new Map(problems.map((problem) => [`${problem.node} ${problem.message}`, problem])).values(),
];

const quoted = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/"""/g, "'''").replace(/"$/, "'");

function docstring(plan: Plan, { title, about }: TorchOptions): string {
  const norms = plan.networks.flatMap((network) => batchLayers(network).map(({ id }) => id));
  const own = [
    ...(norms.length > 0 ? [`These layers see their whole batch: ${norms.join(', ')}.`] : []),
    ...(featuresOf(plan).unroll ? ['A player looks ahead on its batch.'] : []),
  ];
  const shares =
    own.length > 0
      ? `

${own.join(' ')} With several processes each sees its own share of it, so
N processes are not exactly one.`
      : '';
  return `"""${quoted(title)}
${about.trim() === '' ? '' : `\n${quoted(about.trim())}\n`}
    python game.py [--iterations N] [--weights FILE.safetensors] [--data NODE=FILE.npz] [--out DIR]
    torchrun --nproc_per_node=N game.py

Exported from Ganvas. Needs PyTorch and NumPy. Weights and samples go to the folder "out"; metrics stay in the
editor. With torchrun every process draws its share of the batch and gradients are averaged over processes.${shares}
"""`;
}

function settingsText({ settings }: Plan, { weights }: TorchOptions): string {
  return `SEED = ${settings.seed}
BATCH_SIZE = ${settings.batchSize}
ITERATIONS = ${settings.iterations}
BATCHES = "${settings.batches}"${settings.update === 'consensus' ? `\nCONSENSUS = ${settings.consensus}` : ''}
WEIGHTS = ${weights === undefined ? 'None' : JSON.stringify(weights)}`;
}

/** The networks in use, their averages and the game's own modules. */
function instances(plan: Plan, names: Names, modules: readonly string[]): string {
  const buffered = bufferedOps(plan);
  const made = plan.networks.map((network) => {
    const module = `${nameOf(names.classes, network.id)}()`;
    const held = hasStatistics(network) ? `observed(${module})` : module;
    return `${nameOf(names.networks, network.id)} = ${held}.to(DEVICE)`;
  });
  const prepared = plan.networks.filter(isPrepared).map(({ id }) => nameOf(names.networks, id));
  const averages = plan.networks.filter(({ ema }) => ema !== undefined);
  const copies = averages.map(
    ({ id }) => `${nameOf(names.averages, id)} = average_of(${nameOf(names.networks, id)})`,
  );
  const table = (list: readonly { readonly id: string }[], of: ReadonlyMap<string, string>) =>
    `{${list.map(({ id }) => `"${nameOf(names.classes, id)}": ${nameOf(of, id)}`).join(', ')}}`;
  return [
    ...(averages.length > 0 ? [context.average, '', ''] : []),
    ...made,
    // As many as the editor makes before a run.
    ...(prepared.length > 0
      ? [`for _ in range(${FIRST_ITERATIONS}):`, `    prepare(${prepared.join(', ')})`]
      : []),
    ...copies,
    ...modules,
    `NETWORKS = ${table(plan.networks, names.networks)}`,
    `AVERAGES = ${table(averages, names.averages)}`,
    ...(buffered.length > 0
      ? [
          `BUFFERS = {${buffered.map(({ id }) => `"${nameOf(names.modules, id)}": ${nameOf(names.modules, id)}`).join(', ')}}`,
        ]
      : []),
  ].join('\n');
}

/** What the reference batch feeds a network, in the order of its arguments. */
function writeReference(plan: Plan, network: PlanNetwork, names: Names): string {
  const refs = network.inputs.flatMap(({ name }) => network.reference?.[name] ?? []);
  const { lines, values } = writeEvaluation(plan, names, refs, { notes: false });
  const fed = refs.length > 0 ? refs.map((ref) => values.get(refKey(ref))) : ['batch.rows'];
  const body = [
    'batch = REFERENCE',
    ...lines,
    `return (${fed.map((expression) => `${expression},`).join(' ')})`,
  ];
  return `def ${nameOf(names.references, network.id)}():
    """What ${nameOf(names.networks, network.id)} is fed from the run's reference batch."""
${body.map((line) => `    ${line}`).join('\n')}`;
}

/** What the views show: every tensor that they read, by view and port. */
function writeSamples(plan: Plan, names: Names): string {
  const kinds = new Map(plan.game.map((node) => [node.id, definitionOf(node.kind).role]));
  const shown = plan.views.flatMap((view) =>
    Object.entries(view.inputs).flatMap(([port, refs]) =>
      refs
        .map((ref, i) => ({ ref, name: `${view.id}.${port}${refs.length > 1 ? `.${i + 1}` : ''}` }))
        .filter(({ ref }) => kinds.get(ref.node) !== 'loss'),
    ),
  );
  const { lines, values } = writeEvaluation(
    plan,
    names,
    shown.map(({ ref }) => ref),
    { notes: false },
  );
  const result = shown.map(({ ref, name }) => `"${name}": ${values.get(refKey(ref))}`);
  return `def samples(batch):
    """What the views show, by view and port."""
${[...lines, `return {${result.join(', ')}}`].map((line) => `    ${line}`).join('\n')}`;
}

/** Whether a game's update over N shares of a batch is the update over the whole, so that N ranks equal one. */
export const isShareable = (plan: Plan): boolean =>
  !isObserved(plan) &&
  !featuresOf(plan).unroll &&
  plan.networks.every((network) => !network.reference && batchLayers(network).length === 0);
