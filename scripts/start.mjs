/** `npm start`: builds when needed, then serves the app on PORT, or 3000. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { constants } from 'node:os';
import { buildIfNeeded, nextCommand, root } from './build.mjs';

const port = readPort(process.env.PORT);
await failIfTaken(port);
if (process.env.GANVAS_SKIP_BUILD !== '1') {
  try {
    await buildIfNeeded();
  } catch (error) {
    fail(error.message);
  }
  await failIfTaken(port); // A build takes long enough for someone else to come.
}
serve(port);

function readPort(text = '3000') {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    fail(`PORT is "${text}"; expected a whole number from 1 to 65535.`);
  return value;
}

function failIfTaken(value) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE')
        fail(
          `Port ${value} is taken. Choose another one: PORT=${value === 65_535 ? 3000 : value + 1} npm start`,
        );
      fail(`Port ${value} cannot be used: ${error.message}`);
    });
    probe.listen(value, () => probe.close(resolve));
  });
}

function serve(value) {
  const server = spawn(process.execPath, [nextCommand, 'start', '--port', String(value)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  let stoppedBy;
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      stoppedBy = signal;
      server.kill(signal);
    });
  server.on('exit', (code, signal) => {
    const reason = stoppedBy ?? signal;
    process.exit(reason ? 128 + constants.signals[reason] : (code ?? 1));
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
