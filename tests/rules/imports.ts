import { posix } from 'node:path';
import type { SourceFile } from './source-files';

/** `static` and `dynamic` load code, `worker` starts it elsewhere, `type` leaves no trace. */
export interface Import {
  readonly specifier: string;
  readonly form: 'static' | 'dynamic' | 'worker' | 'type';
}

/** Import and export statements, found by their form; the code is formatted, so they start a line. */
export function parseImports(text: string): Import[] {
  const imports: Import[] = [];
  for (const [, head = '', clause = '', specifier = ''] of text.matchAll(
    /^(import|export)\b((?:\s+type\b)?[^'"`;=()]*?)\bfrom\s*['"]([^'"]+)['"]/gm,
  ))
    imports.push({ specifier, form: head && isTypeOnly(clause) ? 'type' : 'static' });
  for (const [, specifier = ''] of text.matchAll(/^import\s*['"]([^'"]+)['"]/gm))
    imports.push({ specifier, form: 'static' });
  for (const [, before, specifier = '', after] of text.matchAll(
    /(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)(\.[A-Z])?/g,
  ))
    imports.push({ specifier, form: before || after ? 'type' : 'dynamic' });
  for (const [, specifier = ''] of text.matchAll(/new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g))
    imports.push({ specifier, form: 'worker' });
  return imports;
}

/** `type X` or `{ type X, type Y }`. */
function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true;
  const names = /^\s*\{([^}]*)\}\s*$/
    .exec(clause)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return names?.filter(Boolean).every((name) => name.startsWith('type ')) ?? false;
}

/** The path of an imported file of this repository, or undefined for a package. */
export function resolveImport(
  from: string,
  specifier: string,
  paths: ReadonlySet<string>,
): string | undefined {
  const isRelative = specifier.startsWith('.');
  if (!isRelative && !specifier.startsWith('@/')) return undefined;
  const base = isRelative ? posix.join(posix.dirname(from), specifier) : specifier.slice(2);
  const candidates = [
    base,
    `${base}.ts`,
    `${base}.tsx`,
    `${base}.d.ts`,
    `${base}/index.ts`,
    `${base}/index.tsx`,
  ];
  return candidates.find((path) => paths.has(path)) ?? base;
}

export interface Edge extends Import {
  readonly from: string;
  /** A file of the repository, or undefined for a package. */
  readonly to: string | undefined;
}

export function importEdges(files: readonly SourceFile[]): Edge[] {
  const paths = new Set(files.map((file) => file.path));
  return files.flatMap(({ path, text }) =>
    parseImports(text).map((each) => ({
      ...each,
      from: path,
      to: resolveImport(path, each.specifier, paths),
    })),
  );
}
