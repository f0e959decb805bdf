import type { Network } from '@/lib/graph/schema';

export type Params = Readonly<Record<string, unknown>>;
export type Sketched = readonly [kind: string, params?: Params, state?: 'bypassed'];

/** A small document, as short as it can be said. */
export interface Sketch {
  /** Chains from one input, where it has a name, to one output; with nodes beside them, wired by hand. */
  readonly networks: Readonly<
    Record<
      string,
      {
        readonly ports: readonly [string, string];
        readonly layers: readonly Sketched[];
        readonly beside?: Readonly<Record<string, Sketched>>;
        readonly ema?: Network['ema'];
      }
    >
  >;
  readonly nodes: Readonly<Record<string, Sketched>>;
  /** `fake.x > d-fake.x` */
  readonly wires: readonly string[];
  readonly settings?: Params;
}

export function documentOf({ networks, nodes, wires, settings }: Sketch): unknown {
  const all: unknown[] = [];
  const joined: [string, string][] = wires.map((wire) => wire.split(' > ') as [string, string]);
  const add = (id: string, [kind, params, state]: Sketched, network?: string) =>
    all.push({ id, kind, at: [0, 0], ...(network && { network }), ...(params && { params }), state });
  for (const [id, node] of Object.entries(nodes)) add(id, node);
  for (const [id, { ports, layers, beside }] of Object.entries(networks)) {
    for (const [other, node] of Object.entries(beside ?? {})) add(other, node, id);
    const chain: readonly Sketched[] = [
      ...(ports[0] ? [['network-input', { name: ports[0] }] as const] : []),
      ...layers,
      ['network-output', { name: ports[1] }],
    ];
    chain.forEach((layer, i) => {
      add(`${id}-${i}`, layer, id);
      if (i > 0) joined.push([`${id}-${i - 1}.out`, `${id}-${i}.in`]);
    });
  }
  return {
    format: 'ganvas',
    version: 1,
    title: 'Small',
    settings: { batchSize: 16, iterations: 40, ...settings },
    networks: Object.entries(networks).map(([id, { ema }]) => ({
      id,
      name: id,
      color: 'blue',
      at: [0, 0],
      size: [400, 300],
      ...(ema !== undefined && { ema }),
    })),
    nodes: all,
    wires: joined,
  };
}
