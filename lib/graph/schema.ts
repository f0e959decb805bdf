import './no-eval';
import * as z from 'zod';
import { scheduled } from './scheduled';

/**
 * The document: networks, nodes, wires, blocks, settings. Strict at every level, every size bounded. What a node's
 * parameters mean is its kind's business; here they are bounded JSON.
 */

export const FORMAT_VERSION = 2;

export const limits = {
  /** Characters of a whole document. */
  text: 4_000_000,
  nodes: 10_000,
  networks: 100,
  wires: 20_000,
  blocks: 100,
  /** Inputs of a block, outputs, and exposed parameters; ends that one of them stands for. */
  blockPorts: 64,
  /** Points that one wire runs through. */
  via: 32,
  /** Levels of nesting in the JSON text. */
  depth: 32,
  paramDepth: 6,
  /** Numbers, strings and keys in one node's parameters. */
  paramValues: 20_000,
  paramString: 20_000,
  about: 20_000,
  title: 200,
  id: 64,
  coordinate: 1_000_000,
} as const;

/** The kind of a node that is a use of a block. */
export const USE = 'block';

export const palette = ['violet', 'amber', 'teal', 'rose', 'blue', 'green', 'orange', 'slate'] as const;
export type NetworkColor = (typeof palette)[number];

export const idPattern = /^(?!__)[A-Za-z0-9_-]+$/;
const id = z
  .string()
  .min(1)
  .max(limits.id)
  .regex(idPattern, 'Expected letters, digits, - or _, not starting with __');

const portName = z.string().min(1).max(limits.id).regex(idPattern);
const portPattern = /^(?!__)[A-Za-z0-9_-]+\.(?!__)[A-Za-z0-9_-]+$/;
const endpoint = z
  .string()
  .max(2 * limits.id + 1)
  .regex(portPattern, 'Expected "node.port"');

const coordinate = z.number().min(-limits.coordinate).max(limits.coordinate);
const point = z.tuple([coordinate, coordinate]);
const size = z.tuple([z.number().min(1).max(100_000), z.number().min(1).max(100_000)]);

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The problem with a JSON value as parameters, or undefined. Iterative, so depth cannot overflow the stack. */
function findParamsProblem(root: unknown): string | undefined {
  let values = 0;
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, depth } = item;
    if (++values > limits.paramValues) return `more than ${limits.paramValues} values`;
    if (depth > limits.paramDepth) return `nested deeper than ${limits.paramDepth}`;
    if (typeof value === 'string' && value.length > limits.paramString)
      return `a string of ${value.length} characters, at most ${limits.paramString}`;
    if (typeof value === 'number' && !Number.isFinite(value)) return 'a number that is not finite';
    if (!isJson(value)) return 'a value that is not JSON';
    if (typeof value !== 'object' || value === null) continue;
    for (const key of Object.keys(value)) {
      if (key.startsWith('__')) return `a key that starts with __: ${key.slice(0, 40)}`;
      stack.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 });
    }
  }
  return undefined;
}

/** Of this value itself, not of what it holds. */
function isJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return value === null || ['string', 'number', 'boolean'].includes(typeof value);
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

// One walk in place of zod's own schema of JSON, which takes a large document as long as all else together.
const params = z.record(z.string().min(1).max(limits.id), z.unknown()).superRefine((value, context) => {
  const problem = findParamsProblem(value);
  if (problem) context.addIssue({ code: 'custom', message: `Parameters hold ${problem}` });
});

/** The decay of a network's average; or after how many examples θ counts half (Karras et al. 2018). */
const average = z.union([
  scheduled(z.number().gt(0).lt(1)),
  z.strictObject({ halfLife: z.number().min(1).max(1e9) }),
]);

const settings = z.strictObject({
  seed: z.int().min(0).max(0xffffffff).default(1),
  batchSize: z.int().min(1).max(65_536).default(64),
  iterations: z.int().min(1).max(100_000_000).default(5_000),
  update: z.enum(['alternating', 'simultaneous', 'extragradient', 'consensus']).default('alternating'),
  consensus: scheduled(z.number().min(0).max(1_000)).default(1),
  batches: z.enum(['per-update', 'per-iteration']).default('per-update'),
});

const network = z.strictObject({
  id,
  name: z.string().max(limits.title),
  color: z.enum(palette),
  at: point,
  size,
  collapsed: z.boolean().default(false),
  ema: average.optional(),
});

const node = z
  .strictObject({
    id,
    kind: z
      .string()
      .min(1)
      .max(limits.id)
      .regex(/^[a-z0-9-]+$/, 'Expected a kind: lower-case letters, digits, -'),
    /** Of a use of a block: the block. Its params are the values of exposed parameters, by their names. */
    block: id.optional(),
    network: id.optional(),
    at: point,
    size: size.optional(),
    title: z.string().max(limits.title).optional(),
    state: z.enum(['bypassed', 'muted']).optional(),
    params: params.default({}),
  })
  .refine(({ kind, block }) => block === undefined || kind === USE, {
    path: ['block'],
    message: `Expected kind "${USE}" where a block is named`,
  });

/** The points that a wire is drawn through, beside its ends. */
const route = z.strictObject({ via: z.array(point).min(1).max(limits.via) });
const wire = z.union([z.tuple([endpoint, endpoint]), z.tuple([endpoint, endpoint, route])]);

const networks = z.array(network).max(limits.networks).default([]);
const nodes = z.array(node).max(limits.nodes).default([]);
const wires = z.array(wire).max(limits.wires).default([]);
const ends = z.array(endpoint).max(limits.blockPorts);

const block = z.strictObject({
  id,
  name: z.string().max(limits.title),
  /** Where it may be used: in a network, as layers, or in the game. */
  place: z.enum(['network', 'game']),
  about: z.string().max(limits.about).optional(),
  networks,
  nodes,
  wires,
  /** Its ports, by name: the inner inputs that one input feeds, the inner output that an output is. */
  inputs: z
    .array(z.strictObject({ name: portName, to: ends }))
    .max(limits.blockPorts)
    .default([]),
  outputs: z
    .array(z.strictObject({ name: portName, from: endpoint }))
    .max(limits.blockPorts)
    .default([]),
  /** Parameters that each use sets for itself: the inner ones that they stand for, `node.parameter`. */
  params: z
    .array(z.strictObject({ name: portName, label: z.string().max(limits.title).optional(), to: ends }))
    .max(limits.blockPorts)
    .default([]),
});

export const graphSchema = z.strictObject({
  format: z.literal('ganvas'),
  version: z.literal(FORMAT_VERSION),
  title: z.string().max(limits.title).default('Untitled'),
  about: z.string().max(limits.about).default(''),
  settings: settings.prefault({}),
  blocks: z.array(block).max(limits.blocks).default([]),
  networks,
  nodes,
  wires,
});

export const isPortName = (text: string): boolean => portName.safeParse(text).success;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

type Parsed = DeepReadonly<z.infer<typeof graphSchema>>;
type Drawn = { readonly nodes: readonly GraphNode[]; readonly wires: readonly Wire[] };

export type Graph = Omit<Parsed, 'nodes' | 'wires' | 'blocks'> &
  Drawn & {
    readonly blocks: readonly Block[];
    /** Of the inside of a block, shown as a graph of its own: the block. Never in a document. */
    readonly inside?: string;
  };
/** Nodes under a name, said once and used many times: a macro, put in the place of each use before the check. */
export type Block = Omit<Parsed['blocks'][number], 'nodes' | 'wires'> & Drawn;
export type Settings = Graph['settings'];
export type Network = Graph['networks'][number];
export type Params = { readonly [name: string]: Json };
export interface GraphNode {
  readonly id: string;
  readonly kind: string;
  readonly block?: string;
  readonly network?: string;
  readonly at: readonly [number, number];
  readonly size?: readonly [number, number];
  readonly title?: string;
  readonly state?: 'bypassed' | 'muted';
  readonly params: Params;
}
/** From an output to an input, each `id.port`; and how it is drawn, where that was set. */
export type Wire = readonly [from: string, to: string, route?: Route];
interface Route {
  readonly via: readonly (readonly [number, number])[];
}

/** `id.port` apart. The schema guarantees the dot. */
export function splitEndpoint(endpoint: string): { id: string; port: string } {
  const dot = endpoint.indexOf('.');
  return { id: endpoint.slice(0, dot), port: endpoint.slice(dot + 1) };
}

/** The same wire between other ends; its points stay. */
export const withEnds = ([, , route]: Wire, from: string, to: string): Wire =>
  route ? [from, to, route] : [from, to];

/** Both ends of a wire. */
export const endsOf = ([from, to]: Wire): readonly [from: string, to: string] => [from, to];

export const joinEndpoint = (id: string, port: string): string => `${id}.${port}`;

export const emptyGraph = (): Graph =>
  graphSchema.parse({ format: 'ganvas', version: FORMAT_VERSION }) as Graph;

/** JSON Schema of the document (draft 2020-12), served at /schema/v2.json. */
export const toJsonSchema = (): unknown =>
  z.toJSONSchema(graphSchema, { io: 'input', target: 'draft-2020-12' });
