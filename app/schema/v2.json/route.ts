import { toJsonSchema } from '@/lib/graph/schema';

/** The JSON Schema of the document, for editors and for other programs. */
export const GET = (): Response =>
  new Response(`${JSON.stringify(toJsonSchema(), null, 2)}\n`, {
    headers: { 'Content-Type': 'application/schema+json', 'Access-Control-Allow-Origin': '*' },
  });

export const dynamic = 'force-static';
