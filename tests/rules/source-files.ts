import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const generated = new Set([
  'node_modules',
  '.git',
  '.cache',
  'test-results',
  'playwright-report',
  'out',
  'shared',
]);
const binary = /\.(png|jpe?g|webp|gif|ico|wasm|woff2?|npz|npy|gz|zip)$/;

/** Every text file under the given folders, or of the whole repository; generated folders are left out. */
export function readSources(folders: readonly string[] = ['.']): SourceFile[] {
  const files: SourceFile[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      // In a second working tree of one repository `.git` is a file.
      if (generated.has(entry.name)) continue;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.next') && path !== 'public/wasm') visit(path);
      } else if (entry.isFile() && !binary.test(entry.name) && !entry.name.endsWith('.tsbuildinfo'))
        files.push({ path, text: readFileSync(join(root, path), 'utf8') });
    }
  };
  folders.forEach(visit);
  return files;
}

/** Tests, and what only they import. */
export const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path);

/** TypeScript of the app itself, tests left out. */
export const readCode = (): SourceFile[] =>
  readSources(['lib', 'bin', 'components', 'app']).filter(
    ({ path }) => /\.tsx?$/.test(path) && !isTest(path),
  );
