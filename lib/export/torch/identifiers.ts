/** Python names for ids and titles of a graph: valid, unique within a scope, never a word of the language. */

// biome-ignore format: a list of words
const keywords = [
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del',
  'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal',
  'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield', 'match', 'case', 'type',
];

/** What the file uses of Python and its packages. */
// biome-ignore format: a list of words
const imported = [
  'argparse', 'contextlib', 'copy', 'json', 'math', 'os', 'pathlib', 'struct', 'time', 'zlib', 'np', 'torch', 'dist', 'nn',
  'F', 'abs', 'dict', 'enumerate', 'float', 'int', 'isinstance', 'len', 'list', 'max', 'min', 'open', 'print',
  'range', 'set', 'sorted', 'str', 'sum', 'super', 'tuple', 'zip', 'bytes', 'iter', 'next', 'all', 'any', 'round',
  'self', 'e', 'x', 'batch',
];

/** What every nn.Module has: a layer of that name would hide it. */
// biome-ignore format: a list of words
export const moduleMembers = [
  'T_destination', 'add_module', 'apply', 'bfloat16', 'buffers', 'call_super_init', 'children', 'compile', 'cpu',
  'cuda', 'double', 'dump_patches', 'eval', 'extra_repr', 'float', 'flow', 'forward', 'get_buffer', 'get_extra_state',
  'get_parameter', 'get_submodule', 'half', 'ipu', 'layers', 'load_state_dict', 'modules', 'mtia', 'named_buffers',
  'named_children', 'named_modules', 'named_parameters', 'parameters', 'register_backward_hook', 'register_buffer',
  'register_forward_hook', 'register_forward_pre_hook', 'register_full_backward_hook',
  'register_full_backward_pre_hook', 'register_load_state_dict_post_hook', 'register_load_state_dict_pre_hook',
  'register_module', 'register_parameter', 'register_state_dict_post_hook', 'register_state_dict_pre_hook',
  'requires_grad_', 'set_extra_state', 'set_submodule', 'share_memory', 'state_dict', 'to', 'to_empty', 'train',
  'training', 'type', 'xpu', 'zero_grad',
];

const reserved = new Set([...keywords, ...imported]);

export interface Scope {
  /** A name of this scope for `wanted`; another one at each call. */
  name(wanted: string): string;
}

/** A scope in which `taken` are used already, beside the words that mean something everywhere. */
export function createScope(taken: Iterable<string> = []): Scope {
  const used = new Set([...reserved, ...taken]);
  return {
    name(wanted) {
      let name = wanted;
      for (let n = 2; used.has(name); n++) name = n === 2 ? `${wanted}_` : `${wanted}_${n}`;
      used.add(name);
      return name;
    },
  };
}

/** `g-dense-1` → `g_dense_1`. */
export function snake(id: string): string {
  const name = id.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[0-9]/.test(name) || name === '' ? `n${name}` : name;
}

/** `Generator, minimax` → `GeneratorMinimax`; without letters, the fallback. */
export function pascal(title: string, fallback: string): string {
  const words = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : pascal(`N${fallback}`, 'Network');
}
