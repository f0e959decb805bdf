import { needed } from '@/components/ui/missing';
import { parseDocumentValue } from '@/lib/check/parse';
import type { Opening } from './opening';

/** Opens an example as a new document. The documents of the examples load when one is wanted. */
export async function openExample(id: string, opening: Opening): Promise<boolean> {
  const { findExample } = await needed('The example', () => import('@/lib/examples/catalogue'));
  const example = findExample(id);
  return opening.open(
    example
      ? parseDocumentValue(example.document)
      : {
          ok: false,
          diagnostics: [
            {
              code: 'example-unknown',
              severity: 'error',
              message: `There is no example called “${id.slice(0, 60)}”.`,
              hint: 'The gallery shows all of them.',
            },
          ],
        },
    example ? `the example “${id}”` : 'the example',
  );
}
