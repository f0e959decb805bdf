import type { Plan, PlanNetwork } from '@/lib/compile/plan';
import { defined } from '@/lib/util/assert';
import { createScope, moduleMembers, pascal, type Scope, snake } from './identifiers';
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
  /** Layer id → attribute of its class: `g_dense_1`. */
  readonly layers: ReadonlyMap<string, string>;
  /** Ops with a module of their own in the game. */
  readonly modules: ReadonlyMap<string, string>;
  /** For names that the parts of the file make up. */
  readonly globals: Scope;
}

const byId = <T extends { readonly id: string }>(items: readonly T[], name: (item: T) => string) =>
  new Map(items.map((item) => [item.id, name(item)]));

export function nameAll(plan: Plan): Names {
  const globals = createScope(runtimeNames);
  const networks = byId(plan.networks, ({ id }) => globals.name(snake(id)));
  const classes = byId(plan.networks, ({ id, name }) => globals.name(pascal(name, id)));
  const averages = byId(
    plan.networks.filter(({ ema }) => ema !== undefined),
    ({ id }) => globals.name(`${networks.get(id)}_ema`),
  );
  const players = byId(plan.players, ({ id }) => globals.name(snake(id)));
  const layers = new Map(plan.networks.flatMap((network) => [...nameLayers(network)]));
  const modules = byId(plan.game, ({ id }) => globals.name(`${snake(id)}_op`));
  return { classes, networks, averages, players, layers, modules, globals };
}

function nameLayers({ nodes }: PlanNetwork): Map<string, string> {
  const scope = createScope(moduleMembers);
  return byId(nodes, ({ id }) => scope.name(snake(id)));
}

export const nameOf = (names: ReadonlyMap<string, string>, id: string): string =>
  defined(names.get(id), `a name of ${id}`);
