import { expect, test } from './fixtures/page';

/** The watch on every page sees what it is there for. */
test.describe('a watched page reports', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/');
  });

  test('a console error', async ({ page, watch }) => {
    watch.allow(/wrong/);
    await page.evaluate(() => console.error('wrong'));
    await expect.poll(() => watch.problems).toContainEqual(expect.stringMatching(/^console: wrong/));
  });

  test('an uncaught exception', async ({ page, watch }) => {
    watch.allow(/wrong/);
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('wrong');
      });
    });
    await expect.poll(() => watch.problems).toContain('exception: wrong');
  });

  test('an inline script without the nonce', async ({ page, watch }) => {
    watch.allow(/policy|Content Security Policy/i);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "changed"';
      document.body.append(script);
    });
    await expect
      .poll(() => watch.problems)
      .toContainEqual(expect.stringMatching(/^console: policy: script-src-elem refused inline/));
    expect(await page.title()).not.toBe('changed');
  });

  test('a request to another host, which is refused', async ({ page, watch }) => {
    watch.allow(/127\.0\.0\.2|policy|Content Security Policy/i);
    const outcome = await page.evaluate(() =>
      fetch('http://127.0.0.2:9/').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(outcome).toBe('refused');
    await expect
      .poll(() => watch.problems)
      .toContainEqual(expect.stringMatching(/^console: policy: connect-src refused http:\/\/127\.0\.0\.2/));
  });

  test('a missing file', async ({ page, watch }) => {
    watch.allow(/no-such-file/);
    await page.evaluate(() => fetch('/no-such-file.png'));
    await expect
      .poll(() => watch.problems)
      .toContainEqual(expect.stringMatching(/^status 404: .*no-such-file/));
  });
});
