import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { dataSources } from '@/lib/data/sources';
import { graphSchema } from '@/lib/graph/schema';
import frozen from './contract.json' with { type: 'json' };
import type { InputPort, NodeDefinition, OutputPort } from './define';
import { rampSchema } from './params';
import { registry } from './registry';

/**
 * What documents are written against: every kind's parameters, defaults and ports, every data source's options,
 * and what a document itself may leave out. A document that leaves a value out means what stands in
 * contract.json, so a change there needs a migration that writes the old value into old documents (D7).
 */
type Frozen = Readonly<Record<string, unknown>>;

/** A network in every name, so that calls have ports. */
const scope = { network: () => ({ inputs: ['x'], outputs: ['y'], isInvertible: false }) };

const portText = ({ type, ...port }: InputPort | OutputPort): string =>
  [type, 'many' in port && 'many', 'optional' in port && 'optional'].filter(Boolean).join(' ');

const portsOf = (ports: readonly (InputPort | OutputPort)[]): Frozen =>
  Object.fromEntries(ports.map((port) => [port.name, portText(port)]));

type Kind = Pick<NodeDefinition, 'kind' | 'params' | 'inputs' | 'outputs'>;

function kindRow({ params: schema, inputs, outputs }: Kind): Frozen {
  const params = schema.parse({});
  return {
    params,
    inputs: portsOf(inputs(params as never, scope)),
    outputs: portsOf(outputs(params as never, scope)),
  };
}

const kinds: Readonly<Record<string, Frozen>> = frozen.kinds;
const sources: Readonly<Record<string, Frozen>> = frozen.sources;

/** The row of something new, to be copied. */
const missing = (id: string, row: Frozen): string =>
  `lib/nodes/contract.json has no row for ${id}. Add: "${id}": ${JSON.stringify(row)}`;

describe('the contract', () => {
  test.each(registry.map((definition) => [definition.kind, definition] as const))(
    '%s',
    (kind, definition) => {
      const row = kindRow(definition);
      expect(kinds[kind], missing(kind, row)).toBeDefined();
      expect(row).toStrictEqual(kinds[kind]);
    },
  );

  test.each(dataSources.map(({ id, options }) => [id, options] as const))('data source %s', (id, options) => {
    const row = options.parse({});
    expect(sources[id], missing(id, row)).toBeDefined();
    expect(row).toStrictEqual(sources[id]);
  });

  test('the document, and ramps', () => {
    const place = { at: [0, 0] };
    const document = graphSchema.parse({
      format: 'ganvas',
      version: 2,
      networks: [{ ...place, id: 'G', name: 'G', color: 'blue', size: [400, 300] }],
      nodes: [{ ...place, id: 'z', kind: 'latent' }],
    });
    expect(document).toStrictEqual(frozen.document);
    expect(rampSchema.parse({ from: 1, to: 0 })).toStrictEqual(frozen.ramp);
  });

  test('no kind and no source that documents may name is gone', () => {
    expect(Object.keys(kinds).sort()).toEqual(registry.map(({ kind }) => kind).sort());
    expect(Object.keys(sources).sort()).toEqual(dataSources.map(({ id }) => id).sort());
  });
});

/** Another value of the same type. */
function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value * 1.0001 + 1e-9;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}x`;
  if (Array.isArray(value)) return [...value, 1];
  return value === null ? 0 : { ...(value as object), more: 1 };
}

describe('a change is found:', () => {
  const parameters = registry.flatMap((definition: NodeDefinition) =>
    Object.entries(definition.params.parse({})).map(
      ([name, value]) => [definition, name, value] as [Kind, string, unknown],
    ),
  );

  test('of any default of any kind', () => {
    expect(parameters.length).toBeGreaterThan(200);
    for (const [definition, name, value] of parameters) {
      const { kind } = definition;
      // Ports come from the kind as it is: some follow from a parameter that is now wrong.
      const rowWith = (shape: Record<string, z.ZodType>) => ({
        ...kindRow(definition),
        params: z.object(shape).parse({}),
      });
      const { [name]: _, ...others } = definition.params.shape as Record<string, z.ZodType>;
      const changed = { ...others, [name]: z.any().default(otherThan(value)) };
      expect(rowWith(changed), `${kind}.${name}`).not.toStrictEqual(kinds[kind]);
      expect(rowWith(others), `${kind} without ${name}`).not.toStrictEqual(kinds[kind]);
    }
  });

  test('of a parameter that is new', () => {
    for (const { kind, params } of registry)
      expect({ ...params.parse({}), fresh: 1 }).not.toStrictEqual(kinds[kind]?.params);
  });

  test('of a port’s name, type, and whether it may be left unwired', () => {
    const inputs = portsOf([{ name: 'in', type: 'tensor' }]);
    for (const port of [
      { name: 'x', type: 'tensor' },
      { name: 'in', type: 'scalar' },
      { name: 'in', type: 'tensor', many: true },
      { name: 'in', type: 'tensor', optional: true },
    ] as const)
      expect(portsOf([port])).not.toStrictEqual(inputs);
  });
});
