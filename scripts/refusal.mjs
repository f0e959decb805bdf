/** What the server refuses before the app sees it, and the short page that says so. */
import { STATUS_CODES } from 'node:http';

/** Node's limit of an address and its headers together. */
export const MOST_BYTES = 16_384;

const tooLong = {
  status: 414,
  text: `This address is longer than a server takes (${MOST_BYTES / 1024} kB). A graph's link has its graph after the #, which stays in the browser.`,
};
const malformed = {
  status: 400,
  text: 'This address is not well formed, so that nothing can be found by it.',
};
const unreadable = { status: 400, text: 'This is not a request that a web server can read.' };
const wrongMethod = { status: 405, text: 'Pages and files can be read here (GET, HEAD), nothing else.' };

/** The refusal of a request, or undefined where the app answers it. */
export function refusalOf({ method, url, headers }) {
  if (method !== 'GET' && method !== 'HEAD') return wrongMethod;
  if (headers.host === undefined) return unreadable;
  return isWellFormed(url) ? undefined : malformed;
}

function isWellFormed(url) {
  if (!url.startsWith('/')) return false;
  const path = url.split('?', 1)[0];
  try {
    const decoded = decodeURIComponent(path);
    // A slash or a dot that was hidden by an escape would lead elsewhere than it says.
    return !decoded.includes('\0') && !/%2f|%5c/i.test(path) && !/(^|\/)\.\.?(\/|$)/.test(decoded);
  } catch {
    return false;
  }
}

/** What is said where Node's parser has given up; `start` is what it had read. */
export function refusalOfError(code, start = '') {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, text: 'The request took too long to arrive.' };
  if (code !== 'HPE_HEADER_OVERFLOW') return unreadable;
  const isAddress = !start.slice(0, MOST_BYTES / 2).includes('\r\n');
  return isAddress
    ? tooLong
    : { status: 431, text: `The headers are longer than a server takes (${MOST_BYTES / 1024} kB).` };
}

/** The page for a refusal, readable without a file beside it. */
export const pageOf = ({ status, text }) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${STATUS_CODES[status]} · Ganvas</title>
<body style="max-width: 34rem; margin: 18vh auto; padding: 0 1.5rem; font: 16px/1.6 system-ui, sans-serif">
<h1 style="font-size: 1.4rem">${STATUS_CODES[status]}</h1>
<p>${text}</p>
<p><a href="/">Gallery</a> · <a href="/edit">Editor</a></p>
</body>
</html>
`;
