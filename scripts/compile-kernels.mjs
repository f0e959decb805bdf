import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

/**
 * Compiles lib/engine/simd/assembly (AssemblyScript) into lib/engine/simd/compiled.ts, as base64: plain SIMD, and with
 * the relaxed instructions, which fuse multiplication and addition. `npm run kernels`.
 */
const source = 'lib/engine/simd/assembly/module.ts';
export const target = 'lib/engine/simd/compiled.ts';

/** @param {readonly string[]} features */
async function compile(...features) {
  const enabled = ['simd', 'bulk-memory', ...features].flatMap((feature) => ['--enable', feature]);
  const flags = ['-O3', '--runtime', 'stub', '--noAssert', '--importMemory', ...enabled];
  const files = new Map();
  const { error, stderr } = await asc.main([source, '--outFile', 'kernels.wasm', ...flags], {
    readFile: (name, base) => {
      try {
        return readFileSync(`${base}/${name}`, 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => files.set(name, contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(files.get('kernels.wasm')).toString('base64');
}

/** The text of compiled.ts. */
export async function compiled() {
  const [plain, relaxed] = [await compile(), await compile('relaxed-simd')];
  return `// Compiled from the AssemblyScript beside it by \`npm run kernels\`.\nexport const plain = '${plain}';\nexport const relaxed = '${relaxed}';\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync(target, await compiled());
