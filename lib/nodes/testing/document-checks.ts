import { isDeepStrictEqual } from 'node:util';
import katex from 'katex';
import * as z from 'zod';
import type { NodeDefinition } from '../define';
import { type ParamMeta, paramMeta } from '../params';
import { type Check, createTally } from './outcome';

/** Checks of what a kind says: parameters, words, ports. No tfjs. */

/** Defaults parse, and parameters survive JSON. */
export const checkParams: Check = (definition) => {
  const tally = createTally();
  const { params, kind } = definition;
  const given = [{}, ...(definition.examples ?? []).map((example) => example.params ?? {})];
  for (const [index, each] of given.entries()) {
    const parsed = params.safeParse(each);
    tally.expect(parsed.success, `${kind}: ${index ? `example ${index}` : 'defaults'} do not parse`);
    const again = params.safeParse(JSON.parse(JSON.stringify(parsed.data ?? null)));
    tally.expect(
      isDeepStrictEqual(again.data, parsed.data),
      `${kind}: parameters change on their way through JSON`,
    );
  }
  tally.expect(!params.safeParse({ unheardOf: 1 }).success, `${kind}: unknown parameters pass`);
  return tally.outcome();
};

/** Every field has a default, says what it is for, and has limits where it is a number. */
export const checkFields: Check = (definition) => {
  const tally = createTally();
  for (const [name, field] of Object.entries(definition.params.shape) as [string, z.ZodType][]) {
    const at = `${definition.kind}.${name}`;
    let meta: ParamMeta | undefined;
    try {
      meta = paramMeta(field);
    } catch {}
    tally.expect(meta !== undefined, `${at}: declared without param()`);
    tally.expect(
      Boolean(meta?.label && /\w.*[.)]$/s.test(meta.help)),
      `${at}: no label, or help is no sentence`,
    );
    tally.expect(field.safeParse(undefined).success, `${at}: has no default`);
    for (const open of openNumbers(z.toJSONSchema(field, { io: 'input' })))
      tally.expect(false, `${at}: a number without ${open}`);
  }
  return tally.outcome();
};

/** What is missing from numbers in a JSON Schema: `minimum`, `maximum`. Free JSON has none. */
function openNumbers(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null || '$defs' in schema) return [];
  const { type } = schema as { type?: unknown };
  const own = type === 'number' || type === 'integer' ? missingLimits(schema) : [];
  const { default: _, ...rest } = schema as Record<string, unknown>;
  return [...own, ...Object.values(rest).flatMap(openNumbers)];
}

const missingLimits = (schema: object): string[] =>
  (['minimum', 'maximum'] as const).filter(
    (limit) => !(limit in schema) && !(`exclusive${limit[0]?.toUpperCase()}${limit.slice(1)}` in schema),
  );

const NEEDS_FORMULA: readonly NodeDefinition['role'][] = ['layer', 'op', 'loss', 'optimizer'];

/** The words: title, one-sentence summary, aliases, formula and source where there is something to cite. */
export const checkWords: Check = (definition) => {
  const tally = createTally();
  const { kind, title, summary, formula, source, aliases, category, place, role } = definition;
  tally.expect(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(kind), `${kind}: kinds are kebab-case`);
  tally.expect(title.length > 0 && category.length > 0, `${kind}: no title or category`);
  tally.expect(
    /^[A-Z].{10,199}\.$/.test(summary),
    `${kind}: the summary is no sentence of 10 to 200 letters`,
  );
  tally.expect(place.length > 0, `${kind}: it has no place`);
  tally.expect((aliases?.length ?? 0) > 0, `${kind}: no aliases to be found by`);
  if (source) tally.expect(/^https?:\/\/\S+$/.test(source.url), `${kind}: the source is no address`);
  const html = formula && katex.renderToString(formula, { throwOnError: false, strict: 'ignore' });
  tally.expect(!html?.includes('katex-error'), `${kind}: the formula is no TeX: ${formula}`);
  for (const example of [{}, ...(definition.examples ?? [])] as { params?: Record<string, unknown> }[]) {
    const caption = definition.caption?.(definition.params.parse(example.params ?? {})) ?? '';
    tally.expect(caption.length <= 40, `${kind}: the caption is too long: ${caption}`);
  }
  if (NEEDS_FORMULA.includes(role))
    tally.expect(Boolean(formula && source), `${kind}: a ${role} has a formula and a source`);
  if (role === 'layer') tally.expect(place.join() === 'network', `${kind}: what owns θ stands in a network`);
  return tally.outcome();
};

/** Names of ports differ, and an output needs only inputs that are there. */
export const checkPorts: Check = (definition) => {
  const tally = createTally();
  const { kind } = definition;
  const scope = { network: () => ({ inputs: ['x'], outputs: ['y'] }) };
  for (const example of definition.examples ?? [{ params: {} }]) {
    const params = definition.params.parse(example.params ?? {});
    const inputs = definition.inputs(params, scope).map(({ name }) => name);
    const outputs = definition.outputs(params, scope);
    for (const names of [inputs, outputs.map(({ name }) => name)])
      tally.expect(new Set(names).size === names.length, `${kind}: two ports of one name`);
    for (const { name, needs } of outputs)
      tally.expect(
        (needs ?? []).every((need) => inputs.includes(need)),
        `${kind}.${name} needs an unknown input`,
      );
  }
  return tally.outcome();
};
