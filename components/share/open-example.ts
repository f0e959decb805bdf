import { needed } from '@/components/ui/missing';
import { parseDocumentValue } from '@/lib/check/parse';
import { loadDocument } from '@/lib/examples/document';
import type { Opening } from './opening';

/** Opens an example as a new document. Its document loads when it is wanted. */
export async function openExample(id: string, opening: Opening): Promise<boolean> {
  const document = await needed('The example', () => loadDocument(id));
  return opening.open(
    document
      ? parseDocumentValue(document)
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
    document ? `the example “${id}”` : 'the example',
  );
}
