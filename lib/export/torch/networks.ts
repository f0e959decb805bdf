import { passedOn } from '@/lib/compile/passed-on';
import type { Plan, PlanLayer, PlanNetwork } from '@/lib/compile/plan';
import { definitionOf, networkTasks, refKey } from '@/lib/compile/tf/tasks';
import type { LayerDefinition, WeightSpec } from '@/lib/nodes/define';
import type { StateEntry } from '../state-entries';
import {
  type Expressions,
  readConditions,
  shapesOf,
  torchOf,
  withoutRamps,
  writeFlowStep,
  writeNode,
} from './expressions';
import { guardsOf } from './guards';
import { createScope, type Scope, snake } from './identifiers';
import { type Names, nameOf } from './names';

/** One nn.Module per network: attributes are named after layers, arguments after the network's inputs. */
export function writeNetwork(
  network: PlanNetwork,
  names: Names,
  entries: readonly StateEntry[],
  flows: boolean,
): string {
  const own = entries.filter((entry) => entry.network === network.id);
  const layers = network.nodes.flatMap((layer) => writeLayer(layer, names, own));
  return `class ${nameOf(names.classes, network.id)}(nn.Module):
    """${titleOf(network)}"""

    def __init__(self):
        super().__init__()
${layers.map((line) => `        ${line}\n`).join('')}
${writeForward(network, names)}${flows ? `\n\n${writeFlow(network, names)}` : ''}`;
}

const titleOf = ({ name, id, inputs, outputs }: PlanNetwork): string => {
  const list = (ports: readonly { readonly name: string }[]) => ports.map((port) => port.name).join(', ');
  return `${name.replace(/["\\]/g, "'")}: ${id}(${list(inputs)}) -> ${list(outputs)}.`;
};

/** The constructor of a layer and how its weights start. */
function writeLayer(layer: PlanLayer, names: Names, entries: readonly StateEntry[]): string[] {
  if (layer.state === 'bypassed') return [];
  const made = torchOf(layer).module?.({
    params: withoutRamps(layer).params,
    shapes: shapesOf(layer),
  });
  if (made === undefined) return [];
  const attribute = `self.${nameOf(names.layers, layer.id)}`;
  const starts = [...layer.weights, ...layer.buffers].flatMap((spec) => {
    const entry = entries.find(({ key }) => key === `${layer.id}.${spec.name}`);
    return entry && !isDefault(made, entry.path, spec) ? [initialLine(`self.${entry.path}`, spec)] : [];
  });
  return [`${attribute} = ${made}`, ...starts];
}

/** What PyTorch's norms start with anyway. */
function isDefault(made: string, path: string, { init }: WeightSpec): boolean {
  if (init.type !== 'constant' || !/^nn\.\w*Norm/.test(made)) return false;
  const start = { weight: 1, bias: 0, running_mean: 0, running_var: 1 }[path.split('.').at(-1) ?? ''];
  return init.value === start;
}

function initialLine(path: string, { init }: WeightSpec): string {
  // A list's items are attributes with a number for a name.
  const tensor = path.replace(/\.(\d+)/g, '[$1]');
  switch (init.type) {
    case 'constant':
      return init.value === 0 ? `nn.init.zeros_(${tensor})` : `nn.init.constant_(${tensor}, ${init.value})`;
    case 'normal':
      return `nn.init.normal_(${tensor}, mean=0.0, std=${init.sd})`;
    case 'uniform':
      return `nn.init.uniform_(${tensor}, -${init.limit}, ${init.limit})`;
    case 'orthogonal':
      return `nn.init.orthogonal_(${tensor}, gain=${init.gain})`;
  }
}

/** Lines by which outputs are computed; with several, only those that are wanted. */
function writeForward(network: PlanNetwork, names: Names): string {
  const scope = createScope([...names.fixed, 'wanted', 'found']);
  const values = new Map<string, string>();
  const inputs = network.inputs.map(({ name, node }) => {
    const argument = scope.name(snake(name));
    values.set(`${node}.out`, argument);
    return argument;
  });
  // A network without inputs is given the rows it runs at.
  if (inputs.length === 0) inputs.push(scope.name('rows'));
  const rows = network.inputs.length === 0 ? 'rows' : `len(${inputs[0]})`;
  const isSingle = network.outputs.length === 1;
  const readers = new Map(
    network.outputs.map(({ name }) => [name, new Set(networkTasks(network, name).map(({ id }) => id))]),
  );
  const guards = guardsOf(network);
  const maybeUnread = new Set(
    network.nodes.flatMap((layer) =>
      Object.keys(readConditions(layer)).flatMap((port) => (layer.inputs[port] ?? []).map(refKey)),
    ),
  );
  const steps: Step[] = [];
  for (const layer of network.nodes) {
    const wanted = network.outputs.filter(({ name }) => readers.get(name)?.has(layer.id));
    if (wanted.length === 0) continue;
    const lines = writeStep(layer, names, values, { scope, rows });
    if (lines.length === 0) continue;
    const guard = guards.get(layer.id);
    const isShared = wanted.length === network.outputs.length;
    const asked = `wanted & {${wanted.map(({ name }) => `"${name}"`).join(', ')}}`;
    const condition = [...(isShared ? [] : [asked]), ...(guard === undefined ? [] : [guard])].join(' and ');
    const unread = Object.keys(layer.outputShapes).flatMap((port) => {
      const key = refKey({ node: layer.id, port });
      return guard !== undefined && maybeUnread.has(key) ? [`${values.get(key)} = None`] : [];
    });
    steps.push({ condition, unread, lines });
  }
  const lines = joinSteps(steps);
  if (isSingle)
    lines.push(`return ${network.outputs.map(({ from }) => values.get(refKey(from)) ?? 'None')[0]}`);
  else {
    lines.push('found = {}');
    for (const { name, from } of network.outputs)
      lines.push(`if "${name}" in wanted:`, `    found["${name}"] = ${values.get(refKey(from)) ?? 'None'}`);
    lines.push('return found');
  }
  const options = isSingle ? [] : ['*', 'wanted'];
  const args = ['self', ...inputs, ...options].join(', ');
  const body = (name: string) => [
    `    def ${name}(${args}):`,
    ...lines.map((line) => (line === '' ? '' : `        ${line}`)),
  ];
  if (!network.reference) return body('forward').join('\n');
  const given = [...inputs, ...(isSingle ? [] : ['wanted=wanted'])].join(', ');
  const reference = [`${nameOf(names.references, network.id)}()`, ...(isSingle ? [] : ['wanted=wanted'])];
  const refer = `refer(self, ${reference.join(', ')})`;
  return [
    `    def forward(${args}):`,
    ...(isRandom(network)
      ? ['        with noise("reference"):', `            ${refer}`]
      : [`        ${refer}`]),
    `        return self.layers(${given})`,
    '',
    ...body('layers'),
  ].join('\n');
}

interface Step {
  /** When it is made; always, where empty. */
  readonly condition: string;
  /** What its outputs are otherwise, where somebody asks. */
  readonly unread: readonly string[];
  readonly lines: readonly string[];
}

/** Steps one after another, neighbours on the same condition in one block. */
function joinSteps(steps: readonly Step[]): string[] {
  const blocks: { condition: string; unread: string[]; lines: string[] }[] = [];
  for (const { condition, unread, lines } of steps) {
    const last = blocks.at(-1);
    if (last?.condition === condition) {
      last.unread.push(...unread);
      last.lines.push(...lines);
    } else blocks.push({ condition, unread: [...unread], lines: [...lines] });
  }
  return blocks.flatMap(({ condition, unread, lines }) =>
    condition === '' ? lines : [...unread, `if ${condition}:`, ...lines.map((line) => `    ${line}`)],
  );
}

/** An invertible network, a chain, in either direction. */
function writeFlow(network: PlanNetwork, names: Names): string {
  const chain = networkTasks(network, network.outputs[0]?.name ?? '').filter(
    ({ state }) => state !== 'bypassed',
  );
  const steps = (direction: 'forward' | 'inverse') =>
    (direction === 'forward' ? chain : [...chain].reverse()).flatMap((layer) => [
      `            x, change = ${writeFlowStep(layer, `self.${nameOf(names.layers, layer.id)}`, direction)}`,
      '            log_det = log_det + change',
    ]);
  return `    def flow(self, x, inverse=False):
        """One direction of the network, and log |det| of its Jacobian per example, [rows, 1]."""
        log_det = x.new_zeros(len(x))
${['        if inverse:', ...steps('inverse'), '        else:', ...steps('forward')].join('\n')}
        return x, log_det.unsqueeze(1)`;
}

function writeStep(
  layer: PlanLayer,
  names: Names,
  values: Map<string, string>,
  { scope, rows }: { readonly scope: Scope; readonly rows: string },
): string[] {
  if (layer.state === 'bypassed') {
    for (const [port, from] of passedOn(layer))
      values.set(refKey({ node: layer.id, port }), values.get(refKey(from)) ?? 'None');
    return [];
  }
  const { outputs } = writeNode(layer, `self.${nameOf(names.layers, layer.id)}`, values as Expressions);
  const ports = Object.entries(outputs);
  return ports.map(([port, expression]) => {
    const name = scope.name(ports.length === 1 ? snake(layer.id) : snake(`${layer.id}_${port}`));
    values.set(`${layer.id}.${port}`, name);
    if (Object.keys(layer.inputs).length > 0) return `${name} = ${expression}`;
    const rank = layer.outputShapes[port]?.dims.length ?? 0;
    return `${name} = ${expression}.expand(${[rows, ...Array(rank).fill(-1)].join(', ')})`;
  });
}

/** Whether a network draws random numbers in train mode. */
export const isRandom = (network: PlanNetwork): boolean =>
  network.nodes.some((layer) => {
    const definition = definitionOf(layer.kind);
    return (
      (definition.role === 'layer' || definition.role === 'op') &&
      definition.random &&
      layer.state !== 'bypassed'
    );
  });

/** The layers that see the whole batch at once. */
export const batchLayers = (network: PlanNetwork): readonly PlanLayer[] =>
  network.nodes.filter(
    (layer) => layer.state !== 'bypassed' && definitionOf(layer.kind).traits?.batchStatistics === true,
  );

const some = (network: PlanNetwork, has: (definition: LayerDefinition) => unknown): boolean =>
  network.nodes.some(({ kind, buffers }) => {
    const definition = definitionOf(kind);
    return definition.role === 'layer' && buffers.length > 0 && Boolean(has(definition));
  });

/** Whether train-mode calls of a network move statistics of it. */
export const hasStatistics = (network: PlanNetwork): boolean => some(network, ({ advance }) => advance);

/** Whether updates note what they evaluate: for moving statistics, or for buffers of the game. */
export const isObserved = (plan: Plan): boolean =>
  plan.networks.some(hasStatistics) || bufferedOps(plan).length > 0;

/** Ops and losses of the game that keep something from update to update. */
export const bufferedOps = ({ game }: Plan): readonly PlanLayer[] =>
  game.filter(({ buffers }) => buffers.length > 0);

/** Whether an update of a network begins with its layers' own preparation. */
export const isPrepared = (network: PlanNetwork): boolean => some(network, ({ prepare }) => prepare);
