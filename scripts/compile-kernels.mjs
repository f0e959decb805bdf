import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

/**
 * Compiles AssemblyScript into base64 beside it, with SIMD: what trains also with the relaxed instructions, which fuse
 * multiplication and addition. `npm run kernels`.
 */
const training = 'lib/engine/simd';
const photos = 'lib/data/files/simd';

/**
 * @param {string} folder
 * @param {readonly string[]} features
 */
async function compile(folder, ...features) {
  const enabled = ['simd', 'bulk-memory', ...features].flatMap((feature) => ['--enable', feature]);
  const flags = ['-O3', '--runtime', 'stub', '--noAssert', '--importMemory', ...enabled];
  const files = new Map();
  const { error, stderr } = await asc.main(
    [`${folder}/assembly/module.ts`, '--outFile', 'kernels.wasm', ...flags],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(`${base}/${name}`, 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => files.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(files.get('kernels.wasm')).toString('base64');
}

/** The texts of the files that hold it, by their paths. */
export async function compiled() {
  const [plain, relaxed, one] = [
    await compile(training),
    await compile(training, 'relaxed-simd'),
    await compile(photos),
  ];
  const text = (named) =>
    `// Compiled from the AssemblyScript beside it by \`npm run kernels\`.\n${Object.entries(named)
      .map(([name, code]) => `export const ${name} = '${code}';\n`)
      .join('')}`;
  return {
    [`${training}/compiled.ts`]: text({ plain, relaxed }),
    [`${photos}/compiled.ts`]: text({ code: one }),
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  for (const [path, text] of Object.entries(await compiled())) writeFileSync(path, text);
