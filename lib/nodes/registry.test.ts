import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { Tf } from './define';
import { findDefinition, registry } from './registry';
import {
  checkDifferences,
  checkExamples,
  checkLeaks,
  checkShapes,
  checkWeights,
} from './testing/compute-checks';
import { checkFields, checkParams, checkPorts, checkWords } from './testing/document-checks';
import type { Check } from './testing/outcome';
import { checkStock } from './testing/stock-check';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('testing'))
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
const definedIn = (text: string) => /= define[A-Z]\w*\(\{\s*kind: '([^']+)'/.exec(text)?.[1];
const kindFiles = files.filter(({ text }) => definedIn(text));

describe('the registry', () => {
  test('holds every kind that a file defines, and no other', () => {
    expect(kindFiles.map(({ text }) => definedIn(text)).sort()).toEqual(
      registry.map(({ kind }) => kind).sort(),
    );
  });

  test('holds each kind once, and finds it', () => {
    expect(new Set(registry.map(({ kind }) => kind)).size).toBe(registry.length);
    for (const definition of registry) expect(findDefinition(definition.kind)).toBe(definition);
    expect(findDefinition('toString')).toBeUndefined();
  });

  test('lists the kinds of a category together, in the palette’s order', () => {
    const runs = registry
      .map(({ category }) => category)
      .filter((category, i, all) => category !== all[i - 1]);
    expect(runs).toEqual([...new Set(runs)]);
  });

  test.each(kindFiles.map(({ path, text }) => [path, text]))('%s is named after its kind', (path, text) => {
    expect(path).toMatch(new RegExp(`^[a-z]+/${definedIn(text)}\\.ts$`));
  });

  test.each(files.map(({ path, text }) => [path, text]))('%s loads neither tfjs nor React', (_, text) => {
    expect(text).not.toMatch(/import (?!type )[^;]*'(@tensorflow|react|next)/);
  });
});

/** Set to a backend before the checks that compute. */
let tf: Tf;
const ran = new Map<string, Map<string, number>>();

/** Runs a check on every kind and keeps count. */
function eachKind(name: string, check: Check): void {
  test.each(registry.map((definition) => [definition.kind, definition] as const))('%s', async (kind, of) => {
    const outcome = await check(of, tf);
    ran.set(kind, (ran.get(kind) ?? new Map<string, number>()).set(name, outcome.ran));
    expect(outcome.failures).toEqual([]);
  });
}

const documentChecks = { params: checkParams, fields: checkFields, words: checkWords, ports: checkPorts };
const computeChecks = {
  examples: checkExamples,
  shapes: checkShapes,
  weights: checkWeights,
  gradients: checkDifferences,
  leaks: checkLeaks,
};

describe.each(Object.entries(documentChecks))('what it says: %s', (name, check) => {
  eachKind(name, check);
});

describe.each(['cpu', 'wasm'] as const)('what it computes on %s:', (backend) => {
  beforeAll(async () => {
    tf = (await startBackend(backend)).tf;
  });
  describe.each(Object.entries(computeChecks))('%s', (name, check) => {
    eachKind(`${name} ${backend}`, check);
  });
});

describe('tf.layers computes the same', () => {
  beforeAll(async () => {
    tf = (await startBackend('cpu')).tf;
  });
  eachKind('stock', checkStock);
});

/** What really ran: a column per check, a row per kind. */
afterAll(() => {
  const columns = [...new Set([...ran.values()].flatMap((counts) => [...counts.keys()]))];
  console.log('Comparisons that ran, by kind and check');
  console.table(
    Object.fromEntries(
      [...ran].map(([kind, counts]) => [
        kind,
        Object.fromEntries(columns.map((column) => [column, counts.get(column) || ''])),
      ]),
    ),
  );
});
