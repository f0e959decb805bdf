import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('./start.mjs', import.meta.url));

function start(port: string): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [script], { env: { ...process.env, PORT: port } });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, errors })));
}

test.each(['abc', '0', '70000', '3000.5'])('PORT=%s is refused with a sentence', async (port) => {
  const { code, errors } = await start(port);
  expect(code).toBe(1);
  expect(errors).toBe(`PORT is "${port}"; expected a whole number from 1 to 65535.\n`);
});

test('a taken port is reported before anything is built', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { code, errors } = await start(String(port));
  server.close();
  expect(code).toBe(1);
  expect(errors).toContain(`Port ${port} is taken.`);
});
