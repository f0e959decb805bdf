/** `npm start`: builds when needed, then serves the app on PORT, or 3000. */
import { createServer } from 'node:net';
import { constants } from 'node:os';
import { buildIfNeeded } from './build.mjs';
import { serve } from './serve.mjs';

const port = readPort(process.env.PORT);
await failIfTaken(port);
if (process.env.GANVAS_SKIP_BUILD !== '1') {
  try {
    await buildIfNeeded();
  } catch (error) {
    fail(error.message);
  }
}
const server = await serve(port).catch((error) => fail(reasonOf(error)));
for (const signal of ['SIGINT', 'SIGTERM']) stopOn(signal, server);
console.log(`Ganvas is at http://localhost:${port}`);

function readPort(text = '3000') {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    fail(`PORT is "${text}"; expected a whole number from 1 to 65535.`);
  return value;
}

function failIfTaken(value) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => fail(reasonOf(error)));
    probe.listen(value, () => probe.close(resolve));
  });
}

function reasonOf({ code, message }) {
  if (code !== 'EADDRINUSE') return `Port ${port} cannot be used: ${message}`;
  return `Port ${port} is taken. Choose another one: PORT=${port === 65_535 ? 3000 : port + 1} npm start`;
}

/** Requests under way are answered; a second signal, or three seconds, end them. */
function stopOn(signal, server) {
  process.on(signal, () => {
    const exit = () => process.exit(128 + constants.signals[signal]);
    if (!server.listening) exit();
    server.close(exit);
    server.closeIdleConnections();
    setTimeout(exit, 3_000);
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
