import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the bench and all that it imports as one module, optimised as a page would get it. */
export async function bundle(entry: string, options: NonNullable<InlineConfig['build']>): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    publicDir: false,
    resolve: { alias: { '@': root } },
    build: {
      write: false,
      minify: false,
      ...options,
      rollupOptions: { ...options.rollupOptions, output: { inlineDynamicImports: true } },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error(`${entry} was not built`);
  return output.output[0].code;
}
