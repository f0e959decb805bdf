/**
 * Serves the built app by Next's own handler. Around it stands what Next does not do: the headers on answers that it
 * gives without proxy.ts (redirects, malformed paths), and a page for what Node's parser refuses.
 */
import { EventEmitter } from 'node:events';
import { createServer, STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { distDir, root } from './build.mjs';
import { MOST_BYTES, pageOf, refusalOf, refusalOfError } from './refusal.mjs';
import { securityHeaders } from './security-headers.mjs';
import { createStaticFiles } from './static-files.mjs';

/** Resolves with the server once it listens. */
export async function serve(port) {
  process.env.NODE_ENV = 'production';
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  const { default: next } = await import('next');
  // Next listens for upgrades on the server that it is given; there are none here.
  const app = next({ dir: root, port, quiet: true, httpServer: new EventEmitter() });
  await app.prepare();
  const handle = app.getRequestHandler();
  const answerStatic = createStaticFiles(join(distDir, 'static'));
  const server = createServer(
    { requireHostHeader: false, maxHeaderSize: MOST_BYTES },
    (request, response) => {
      const refusal = refusalOf(request);
      if (refusal) return answer(response, refusal);
      secure(response);
      return answerStatic(request, response)
        .then((isDone) => isDone || handle(request, response))
        .catch((error) => {
          console.error(error);
          response.destroy();
        });
    },
  );
  server.on('checkExpectation', (_, response) => answer(response, unmet));
  server.on('clientError', refuseUnparsed);
  server.on('connect', (_, socket) => answerRaw(socket, noProxy));
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return server;
}

const unmet = { status: 417, text: 'This server meets no expectations but 100-continue.' };
const noProxy = { status: 405, text: 'This server leads to no other.' };

function secure(response) {
  for (const [name, value] of Object.entries(securityHeaders())) response.setHeader(name, value);
}

function answer(response, refusal) {
  secure(response);
  response.writeHead(refusal.status, headersOf(refusal));
  response.end(pageOf(refusal));
}

const headersOf = (refusal) => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Length': Buffer.byteLength(pageOf(refusal)),
  'Cache-Control': 'no-store',
  ...(refusal.status === 405 && { Allow: 'GET, HEAD' }),
});

function refuseUnparsed({ code, rawPacket }, socket) {
  if (code === 'ECONNRESET' || socket.destroyed) return socket.destroy();
  // The parser complains of every further piece of the same request.
  if (socket.writableEnded) return;
  answerRaw(socket, refusalOfError(code, rawPacket?.toString('latin1')));
}

/** Time for a client to send the rest, which is thrown away: closing at once would take the answer with it. */
const LINGER_MS = 5_000;

function answerRaw(socket, refusal) {
  const headers = { ...securityHeaders(), ...headersOf(refusal), Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const start = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`;
  socket.on('error', () => socket.destroy());
  socket.end([start, ...lines, '', pageOf(refusal)].join('\r\n'));
  socket.setTimeout(LINGER_MS, () => socket.destroy());
  socket.resume();
}
