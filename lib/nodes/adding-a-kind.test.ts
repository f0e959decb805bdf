import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { NodeDefinition, Tf } from './define';
import type { Check } from './testing/outcome';

/** The kind in docs/adding-a-kind.md is a real one: it typechecks, and passes what every kind passes. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/adding-a-kind.md'), 'utf8');
const place = /^`(lib\/nodes\/\S+)\/(\S+)\.ts`, whole:$/m.exec(page);
const folder = place?.[1] ?? '';
const kind = place?.[2] ?? '';
const code = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

const checkFiles = ['document-checks', 'compute-checks'];
mkdirSync(join(root, '.cache'), { recursive: true });
const scratch = mkdtempSync(join(root, '.cache/kind-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The kind and the checks in one bundle: what `param` notes down is kept per module. */
async function load(): Promise<{ definition: NodeDefinition; checks: readonly [string, Check][] }> {
  const outfile = join(scratch, 'kind.mjs');
  const exports = checkFiles.map((file) => `export * from '@/lib/nodes/testing/${file}';`);
  await build({
    stdin: { contents: [code, ...exports].join('\n'), resolveDir: join(root, folder), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'silent',
  });
  const { [kind]: definition, ...checks } = await import(pathToFileURL(outfile).href);
  return { definition, checks: Object.entries(checks as Record<string, Check>) };
}

describe('the worked example of the docs', () => {
  let tf: Tf;
  beforeAll(async () => {
    tf = (await startBackend('cpu')).tf;
  });

  test('is the file that it names, to the letter', () => {
    expect(readFileSync(join(root, folder, `${kind}.ts`), 'utf8')).toBe(code);
  });

  test('passes the checks of every kind', async () => {
    const { definition, checks } = await load();
    expect(definition.kind).toBe(kind);
    const outcomes = await Promise.all(checks.map(([, check]) => check(definition, tf)));
    expect(outcomes.flatMap(({ failures }) => failures)).toEqual([]);
    const idle = checks.filter((_, i) => outcomes[i]?.ran === 0).map(([name]) => name);
    expect(idle).toEqual(['checkWeights']); // an op has none
  });

  test('typechecks at the place that the page names', () => {
    mkdirSync(join(scratch, folder), { recursive: true });
    writeFileSync(join(scratch, folder, `${kind}.ts`), code);
    writeFileSync(
      join(scratch, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        // Relative imports fall back from the scratch folder to the project.
        compilerOptions: {
          rootDirs: [root, scratch],
          paths: { '@/*': [`${root}/*`] },
          incremental: false,
          plugins: [],
        },
        include: [`${folder}/*.ts`],
        exclude: [],
      }),
    );
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const run = () =>
      execFileSync(process.execPath, [compiler, '-p', scratch], { encoding: 'utf8', stdio: 'pipe' });
    expect(run()).toBe('');
    writeFileSync(join(scratch, folder, `${kind}.ts`), code.replace("role: 'op'", "role: 'layer'"));
    expect(run).toThrow();
  });
});
