/** A layer of a row: its kind and what differs from its defaults. */
export type Part = readonly [kind: string, params?: Readonly<Record<string, unknown>>];

const STEP = 120;

/** The nodes of a network in a row from one input to one output, their wires, and the width of their frame. */
export function row(network: string, parts: readonly Part[], [input, output]: readonly [string, string]) {
  const prefix = network.toLowerCase();
  const all: readonly (readonly [string, Part])[] = [
    [`${prefix}-in`, ['network-input', { name: input }]],
    ...parts.map((part, i) => [`${prefix}-${part[0]}-${i + 1}`, part] as const),
    [`${prefix}-out`, ['network-output', { name: output }]],
  ];
  return {
    width: 20 + STEP * all.length,
    nodes: all.map(([id, [kind, params = {}]], i) => ({
      id,
      kind,
      network,
      at: [20 + STEP * i, 50] as const,
      params,
    })),
    wires: all.slice(1).map(([id], i) => [`${all[i]?.[0]}.out`, `${id}.in`] as const),
  };
}
