import { test } from './fixtures/page';

/** The watch on every page can fail a test: each of these would pass without it. */
test.describe('a watched page fails the test on', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/schema/v1.json');
  });

  test('a console error', async ({ page }) => {
    test.fail();
    await page.evaluate(() => console.error('wrong'));
  });

  test('an uncaught exception', async ({ page }) => {
    test.fail();
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          setTimeout(resolve, 50);
          setTimeout(() => {
            throw new Error('wrong');
          });
        }),
    );
  });

  test('an inline script without the nonce', async ({ page }) => {
    test.fail();
    await page.goto('/');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'void 0';
      document.body.append(script);
    });
  });

  test('a request to another host', async ({ page }) => {
    test.fail();
    await page.evaluate(() => fetch('http://127.0.0.2:9/').catch(() => undefined));
  });

  test('a missing file', async ({ page }) => {
    test.fail();
    await page.evaluate(() => fetch('/no-such-file.png'));
  });
});
