import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import PageError from './error';

test('a page that failed says so plainly, that work is kept, and how to go on', () => {
  const html = renderToStaticMarkup(<PageError error={new Error('x is undefined')} />);
  expect(html).toContain('This page could not be drawn.');
  expect(html).toContain('Your work is kept in this browser');
  expect(html).toContain('x is undefined');
  expect(html).toMatch(/<button[^>]*>Reload<\/button>/);
});

test('code that was not fetched is no fault of the page', () => {
  const error = Object.assign(new Error('Loading chunk 7 failed'), { name: 'ChunkLoadError' });
  const html = renderToStaticMarkup(<PageError error={error} />);
  expect(html).toContain('This page could not be fetched.');
  expect(html).toContain('The server or the network does not answer.');
  expect(html).not.toContain('chunk');
});
