import { connect } from 'node:net';
import { expect, plainUrl, test } from './fixtures/page';

/** What no browser sends is sent as it is, over a socket. */
interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const host = 'Host: localhost';

function send(baseURL: string, start: string, headers: readonly string[] = [host]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(new URL(baseURL).port), 'localhost');
    socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${start.slice(0, 80)}`)));
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(parseAnswer(text)));
    socket.write([start, ...headers, 'Connection: close', '', ''].join('\r\n'));
  });
}

function parseAnswer(text: string): Answer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: new Map(headers), body: text.slice(end + 4) };
}

function expectSecured({ headers }: Answer): void {
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'self'; script-src 'self'"),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(headers.get('content-security-policy')).not.toContain("'unsafe-inline' 'self'");
}

const url = (): string => test.info().project.use.baseURL ?? '';
const long = (length: number): string => `/edit?${'a'.repeat(length)}`;

const refused: readonly (readonly [
  what: string,
  start: string,
  status: number,
  headers?: readonly string[],
])[] = [
  ['a lone %', 'GET /% HTTP/1.1', 400],
  ['half a character', 'GET /%E0%A4%A HTTP/1.1', 400],
  ['half a character of a kind', 'GET /docs/%F0%9F HTTP/1.1', 400],
  ['a hidden slash', 'GET /..%2f HTTP/1.1', 400],
  ['a hidden backslash', 'GET /wasm/..%5cpackage.json HTTP/1.1', 400],
  ['a way up', 'GET /wasm/../../package.json HTTP/1.1', 400],
  ['a hidden way up', 'GET /wasm/%2e%2e/%2e%2e/package.json HTTP/1.1', 400],
  ['a null byte', 'GET /edit%00 HTTP/1.1', 400],
  ['a raw null byte', 'GET /edit\0 HTTP/1.1', 400],
  ['a static file with a lone %', 'GET /_next/static/% HTTP/1.1', 400],
  ['another host', 'GET http://example.org/edit HTTP/1.1', 400],
  ['no host', 'GET /edit HTTP/1.1', 400, []],
  ['no request', 'what is this', 400],
  ['a page that is not there', `GET /${'a'.repeat(8_000)} HTTP/1.1`, 404],
  ['an address of 20 kB', `GET ${long(20_000)} HTTP/1.1`, 414],
  ['an address of 1.5 MB', `GET ${long(1_500_000)} HTTP/1.1`, 414],
  ['headers of 50 kB', 'GET /edit HTTP/1.1', 431, [host, `Cookie: ${'a'.repeat(50_000)}`]],
  ['an expectation', 'GET /edit HTTP/1.1', 417, [host, 'Expect: the-best']],
  ...['TRACE', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'].map(
    (method) => [method, `${method} /edit HTTP/1.1`, 405] as const,
  ),
  ['POST', 'POST /edit HTTP/1.1', 405, [host, 'Content-Length: 0']],
  ['CONNECT', 'CONNECT example.org:443 HTTP/1.1', 405],
  ['a method that nobody knows', 'DANCE /edit HTTP/1.1', 400],
];

for (const [what, start, status, headers] of refused)
  test(`${what} is answered by ${status}, with all headers`, async () => {
    const answer = await send(url(), start, headers);
    expect(answer.status).toBe(status);
    expectSecured(answer);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

test('P8: redirects carry all headers', async () => {
  for (const path of ['/edit/', '//example.org/', '/\\example.org']) {
    const answer = await send(url(), `GET ${path} HTTP/1.1`);
    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toMatch(/^\/[a-z]/);
    expectSecured(answer);
  }
});

test('a request to upgrade gets the page', async () => {
  const answer = await send(url(), 'GET /edit HTTP/1.1', [host, 'Upgrade: websocket']);
  expect(answer.status).toBe(200);
  expectSecured(answer);
});

test('without isolation a refusal isolates nothing', async () => {
  const { status, headers } = await send(plainUrl, 'GET /% HTTP/1.1');
  expect(status).toBe(400);
  expect(headers.has('cross-origin-embedder-policy')).toBe(false);
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
});

test('an address of 1.5 MB shows what is wrong, and the way back', async ({ page, watch }) => {
  watch.allow(/414/);
  const response = await page.goto(long(1_500_000));
  expect(response?.status()).toBe(414);
  await expect(page.getByText('This address is longer than a server takes (16 kB).')).toBeVisible();
  await page.getByRole('link', { name: 'Editor' }).click();
  await expect(page).toHaveURL(/\/edit$/);
});

test('/favicon.ico is an icon of three sizes, beside the page’s own', async ({ page, request }) => {
  const response = await request.get('/favicon.ico');
  expect(response.status()).toBe(200);
  expect(response.headers()['content-type']).toMatch(/^image\/(x-icon|vnd\.microsoft\.icon)$/);
  const bytes = await response.body();
  expect([bytes.readUInt16LE(0), bytes.readUInt16LE(2), bytes.readUInt16LE(4)]).toEqual([0, 1, 3]);
  await page.goto('/');
  await expect(page.locator('link[rel="icon"]').first()).toHaveAttribute('href', /^\/icon\.svg/);
});
