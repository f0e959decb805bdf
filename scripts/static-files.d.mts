import type { IncomingMessage, ServerResponse } from 'node:http';

export function createStaticFiles(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
