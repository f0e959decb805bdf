import type { Page } from 'playwright/test';
import { onCanvas, openEditor, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, report } from './fixtures/training';

/** What Enter would choose from the list whose field has the focus. */
const chosen = (page: Page) =>
  page.evaluate(() => {
    const list = document.getElementById(document.activeElement?.getAttribute('aria-controls') ?? '');
    return list?.querySelector('[aria-selected="true"]')?.textContent ?? '';
  });

/** A person's keyboard, and what has the focus. Each key, and each word typed, counts one. */
function keysOn(page: Page) {
  let count = 0;
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName,
    );
  const press = async (key: string) => {
    await page.keyboard.press(key);
    count++;
  };
  const type = async (text: string) => {
    await page.keyboard.type(text);
    count++;
  };
  /** Chooses from the list that is open what is found by these words. */
  const choose = async (words: string, title: string) => {
    await expect(page.locator('input[role="combobox"]:focus')).toBeVisible();
    await type(words);
    await expect.poll(() => chosen(page)).toContain(title);
    await press('Enter');
  };
  /** Goes on by Tab, or another key, to what has this name. */
  const goTo = async (name: RegExp, key = 'Tab') => {
    for (let i = 0; i < 40; i++) {
      await press(key);
      if (name.test((await focused()) ?? '')) return;
    }
    throw new Error(`${name} is not reached by ${key}; ${await focused()} has the focus.`);
  };
  return { count: () => count, focused, press, type, choose, goTo };
}

test('a GAN is built and trained by keys alone', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openEditor(page);
  const { count, focused, press, type, choose, goTo } = keysOn(page);
  const add = async (words: string) => {
    await press('/');
    await choose(words, words);
    await expect.poll(focused).toContain(words);
  };
  const addNetwork = async (units: string) => {
    for (const each of ['Network', 'Dense', 'ReLU', 'Dense']) await add(each);
    await press('Enter');
    await expect.poll(focused).toBe('Units');
    await press('ControlOrMeta+a');
    await type(units);
    await press('Enter');
    await press('Escape');
    await expect.poll(focused).toContain(`Dense, ${units}`);
  };
  /** From a port of the node that has the focus to a new one. */
  const wireToNew = async (output: RegExp, words: string, title: string) => {
    await goTo(output);
    await press('Enter');
    await choose('new', 'A new node');
    await choose(words, title);
    await expect(page.getByText(`Added ${title}`)).toBeAttached();
  };
  await add('Latent');
  await add('Dataset');
  await addNetwork('2');
  await addNetwork('1');

  await goTo(/^Latent/, 'Shift+Tab');
  await press('Enter');
  await press('Escape');
  await wireToNew(/^output out/, 'Network(·)', 'Network(·)');
  await expect.poll(focused).toContain('Network(z)');
  await wireToNew(/^output out/, 'Network 2(·)', 'Network 2(·)');
  await expect.poll(focused).toContain('Network 2(·)');
  await wireToNew(/^output out/, 'Non-sat', 'Non-saturating');
  await goTo(/^Dataset/, 'Shift+Tab');
  await press('Enter');
  await press('Escape');
  await wireToNew(/^output x/, 'Network 2(·)', 'Network 2(·)');
  await expect.poll(focused).toContain('Network 2(x)');
  await goTo(/^output out/);
  await press('Enter');
  await choose('real', 'real of Non-saturating');
  await expect.poll(focused).toContain('Network 2(x)');

  await goTo(/^Non-saturating/, 'Shift+Tab');
  await press('Enter');
  await press('Escape');
  await wireToNew(/^output g/, 'Adam for', 'Adam for both players');
  await press('Space');
  await expectIterations(page, 30);
  report('keys from an empty canvas to a GAN that trains', count(), 'keys');
  const graph = await savedGraph(page);
  expect(graph.nodes.filter(({ kind }) => kind === 'adam')).toHaveLength(2);
  for (const { id } of graph.nodes.filter(({ kind }) => kind === 'adam'))
    await expect(onCanvas(page, id)).toBeVisible();
});
