import type { Plan, PlanNetwork } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { defined } from '@/lib/util/assert';
import { createScope, moduleMembers, pascal, type Scope, snake } from './identifiers';
import { pythonMetrics } from './python-metrics';
import { sourcesOf } from './python-sources';
import { runtimeNames } from './runtime/names';

/** What everything of a plan is called in the file. The safetensors file beside it uses the same names. */
export interface Names {
  /** Network id → class: `Generator`. */
  readonly classes: ReadonlyMap<string, string>;
  /** Network id → the module in use: `G`. */
  readonly networks: ReadonlyMap<string, string>;
  /** Network id → its average: `G_ema`. */
  readonly averages: ReadonlyMap<string, string>;
  /** Player id → `adam_d`. */
  readonly players: ReadonlyMap<string, string>;
  /** What moves networks between iterations, by id → `back`. */
  readonly averagings: ReadonlyMap<string, string>;
  /** Layer id → attribute of its class: `g_dense_1`. */
  readonly layers: ReadonlyMap<string, string>;
  /** Network id → the function that gives its reference batch: `reference_D`. */
  readonly references: ReadonlyMap<string, string>;
  /** Ops with a module of their own in the game. */
  readonly modules: ReadonlyMap<string, string>;
  /** For names that the parts of the file make up. */
  readonly globals: Scope;
  /** What the file's fixed parts, its kinds' classes and its sources' helpers define: no variable may hide it. */
  readonly fixed: readonly string[];
}

/** What a record calls the moves between two iterations; no id has a space. */
export const AFTER_ITERATION = 'after iteration';

const byId = <T extends { readonly id: string }>(items: readonly T[], name: (item: T) => string) =>
  new Map(items.map((item) => [item.id, name(item)]));

export function nameAll(plan: Plan): Names {
  const helpers = pythonMetrics(plan).flatMap(({ python }) => python.helpers);
  const texts = [...classesOf(plan), ...sourcesOf(plan).helpers, ...helpers];
  const fixed = [...runtimeNames, ...texts.flatMap(definedIn)];
  const globals = createScope(fixed);
  const networks = byId(plan.networks, ({ id }) => globals.name(snake(id)));
  const classes = byId(plan.networks, ({ id, name }) => globals.name(pascal(name, id)));
  const averages = byId(
    plan.networks.filter(({ ema }) => ema !== undefined),
    ({ id }) => globals.name(`${networks.get(id)}_ema`),
  );
  const references = byId(
    plan.networks.filter(({ reference }) => reference !== undefined),
    ({ id }) => globals.name(`reference_${networks.get(id)}`),
  );
  const players = byId(plan.players, ({ id }) => globals.name(snake(id)));
  const averagings = byId(plan.averagings, ({ id }) => globals.name(snake(id)));
  const layers = new Map(plan.networks.flatMap((network) => [...nameLayers(network)]));
  const modules = byId(plan.game, ({ id }) => globals.name(`${snake(id)}_op`));
  return { classes, networks, averages, references, players, averagings, layers, modules, globals, fixed };
}

/** Classes and functions that the lines of a plan's kinds may name. */
export function classesOf(plan: Plan): readonly string[] {
  const nodes = [...plan.game, ...plan.networks.flatMap((network) => network.nodes)];
  const classes = nodes.flatMap(({ kind }): readonly string[] => {
    const definition = definitionOf(kind);
    return 'torch' in definition && typeof definition.torch === 'object'
      ? (definition.torch.classes ?? [])
      : [];
  });
  return [...new Set(classes)];
}

/** What a text of Python defines at its top level: classes, functions and tables. */
export const definedIn = (text: string): string[] =>
  [...text.matchAll(/^(?:(?:class|def) (\w+)|(\w+) =)/gm)].map(
    ([, name, table]) => (name ?? table) as string,
  );

function nameLayers({ nodes }: PlanNetwork): Map<string, string> {
  const scope = createScope(moduleMembers);
  return byId(nodes, ({ id }) => scope.name(snake(id)));
}

export const nameOf = (names: ReadonlyMap<string, string>, id: string): string =>
  defined(names.get(id), `a name of ${id}`);
