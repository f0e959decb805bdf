import type * as z from 'zod';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { formatPath } from '@/lib/graph/parse';
import type { GraphNode } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { isRamp, rampSchema, sayScheduled } from '@/lib/nodes/params';
import { mention } from './mention';

interface ResolvedParams {
  readonly params: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What parsed before, by kind and text: a document has few distinct nodes, and is checked at every edit. Longer
 * texts are parsed again.
 */
const known = new Map<string, ResolvedParams>();
const MOST_KNOWN = 4_096;
const LONGEST_KNOWN = 1_000;

/** A node's parameters with defaults filled in; a field that does not parse falls back to its default. */
export function resolveParams(node: GraphNode, definition: NodeDefinition): ResolvedParams {
  const text = `${definition.kind} ${JSON.stringify(node.params)}`;
  const before = known.get(text);
  if (before) return before;
  const resolved = parseParams(node, definition);
  if (resolved.diagnostics.length > 0 || text.length > LONGEST_KNOWN) return resolved;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, resolved);
  return resolved;
}

function parseParams(node: GraphNode, definition: NodeDefinition): ResolvedParams {
  const result = definition.params.safeParse(node.params);
  if (result.success) return { params: result.data, diagnostics: [] };
  const { issues } = result.error;
  const diagnostics = issues.flatMap((issue) => toDiagnostics(issue, node, definition));
  const isBad = new Set(issues.map((issue) => issue.path[0]));
  const kept = Object.entries(node.params).filter(
    ([name]) => Object.hasOwn(definition.params.shape, name) && !isBad.has(name),
  );
  const salvaged = definition.params.safeParse(Object.fromEntries(kept));
  return { params: salvaged.success ? salvaged.data : definition.params.parse({}), diagnostics };
}

function toDiagnostics(issue: z.core.$ZodIssue, node: GraphNode, definition: NodeDefinition): Diagnostic[] {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0)
    return issue.keys.map((key) => unknownParam(key, node, definition));
  const name = String(issue.path[0] ?? '');
  const path = formatPath(issue.path);
  const given = describe(valueAtPath(node.params, issue.path));
  const field = definition.params.shape[name] as z.ZodType | undefined;
  const fallback = field?.safeParse(undefined);
  const common = {
    severity: 'error' as const,
    node: node.id,
    path: `params.${path}`,
    // A nested value has no default of its own; putting the whole field back would lose the rest.
    ...(fallback?.success &&
      issue.path.length === 1 && {
        hint: `The default is ${describe(fallback.data)}.`,
        fix: {
          type: 'set-params' as const,
          label: `Set ${name} to ${describe(fallback.data)}`,
          node: node.id,
          params: { [name]: fallback.data },
        },
      }),
  };
  const title = `${mention(node.id)}'s ${path}`;
  const limits = limitsOf(issue);
  if (limits)
    return [{ ...common, code: 'param-range', message: `${title} is ${given}; it must be ${limits}.` }];
  return [{ ...common, code: 'param-invalid', message: `${title} is ${given}: ${lower(expected(issue))}.` }];
}

function unknownParam(key: string, node: GraphNode, definition: NodeDefinition): Diagnostic {
  const names = Object.keys(definition.params.shape);
  return {
    code: 'param-unknown',
    severity: 'error',
    node: node.id,
    path: `params.${key}`,
    message: `${mention(node.id)} has no parameter "${key}".`,
    hint: names.length > 0 ? `It has ${names.slice(0, 20).join(', ')}.` : 'It has no parameters.',
  };
}

/** `at least 1`, from zod's own words for a limit; unions are asked for their numeric branch. */
function limitsOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === 'too_small')
    return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`;
  if (issue.code === 'too_big')
    return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin)}`;
  if (issue.code !== 'invalid_union') return undefined;
  for (const branch of issue.errors) {
    const only = branch.length === 1 ? branch[0] : undefined;
    const limits = only && limitsOf(only);
    if (limits) return limits;
  }
  return undefined;
}

const unit = (origin: string): string =>
  origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '';

/** The most informative of a union's complaints: the branch that got furthest. */
function expected(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message.replace(/^Invalid input: /, '');
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const deepest = branches.sort((a, b) => (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0))[0];
  const first = deepest?.[0];
  if (!first) return 'expected another value';
  const where = first.path.length > 0 ? `at ${formatPath(first.path)}, ` : '';
  return `${where}${expected(first)}`;
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function valueAtPath(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** A value in a message: a ramp in words, anything else as its JSON, cut short. */
function describe(value: unknown): string {
  const ramp = isRamp(value) ? rampSchema.safeParse(value) : undefined;
  if (ramp?.success) return `a ramp ${sayScheduled(ramp.data)}`;
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
