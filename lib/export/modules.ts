/** Modules of a state_dict by what they hold, and two lists of them put side by side. */
export interface Module {
  /** `main.0` */
  readonly path: string;
  /** `weight` → the tensor's whole name. */
  readonly names: ReadonlyMap<string, string>;
  /** Ends and dims of all its tensors, to compare. */
  readonly shapes: string;
}

interface ModuleTensor {
  /** `main.0.weight` */
  readonly path: string;
  readonly name: string;
  readonly dims: readonly number[];
}

/** In order of first mention. */
export function modulesOf(tensors: readonly ModuleTensor[]): readonly Module[] {
  const held = new Map<string, { readonly end: string; readonly tensor: ModuleTensor }[]>();
  for (const tensor of tensors) {
    const at = tensor.path.lastIndexOf('.');
    const path = tensor.path.slice(0, Math.max(0, at));
    const list = held.get(path) ?? [];
    held.set(path, list);
    list.push({ end: tensor.path.slice(at + 1), tensor });
  }
  return [...held].map(([path, list]) => ({
    path,
    names: new Map(list.map(({ end, tensor }) => [end, tensor.name])),
    shapes: list
      .map(({ end, tensor }) => `${end} ${tensor.dims.join('x')}`)
      .sort()
      .join(),
  }));
}

/** Modules of equal shapes, as many on either side. */
export interface Alike {
  readonly theirs: readonly Module[];
  readonly ours: readonly Module[];
}

/** Undefined where some module has none on the other side. */
export function pairAlike(theirs: readonly Module[], ours: readonly Module[]): readonly Alike[] | undefined {
  const byShapes = (modules: readonly Module[], shapes: string) =>
    modules.filter((module) => module.shapes === shapes);
  if (theirs.length !== ours.length) return undefined;
  const pairs = [...new Set(ours.map(({ shapes }) => shapes))].map((shapes) => ({
    theirs: byShapes(theirs, shapes),
    ours: byShapes(ours, shapes),
  }));
  return pairs.every((alike) => alike.theirs.length === alike.ours.length) ? pairs : undefined;
}

/**
 * Modules of equal shapes in the order that they say themselves: by numbers where names differ in nothing else,
 * else as the file has them, unless that is the alphabet's order, which says nothing. Undefined where it is not
 * said.
 */
export function inOrder(modules: readonly Module[]): readonly Module[] | undefined {
  const paths = modules.map(({ path }) => path);
  const numbersOf = (path: string) => (path.match(/\d+/g) ?? []).map(Number);
  if (new Set(paths.map((path) => path.replace(/\d+/g, '#'))).size === 1)
    return [...modules].sort((a, b) => compareLists(numbersOf(a.path), numbersOf(b.path)));
  return paths.join() === [...paths].sort().join() ? undefined : modules;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}
