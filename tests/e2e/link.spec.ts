import type { Page } from 'playwright/test';
import { checkGraph } from '@/lib/check/check';
import type { Graph, GraphNode } from '@/lib/graph/schema';
import { forgeLink } from '@/lib/share/testing/forge-link';
import { expectKept, openExample, savedGraph, titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { readIteration, report, status } from './fixtures/training';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** A link leaves out parameters that equal their defaults. */
function withDefaults(graph: Graph): Graph {
  const { nodes } = checkGraph(graph);
  const full = (id: string) => (nodes.get(id)?.params ?? {}) as GraphNode['params'];
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, params: full(node.id) })) };
}

async function copyLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('Escape');
  return link;
}

test('a copied link shows the same graph, runs nothing, and keeps the work that was open', async ({
  page,
}) => {
  await openExample(page, 'ring');
  await titleField(page).fill('Shared by link');
  await titleField(page).press('Enter');
  const sent = await savedGraph(page);
  const link = await copyLink(page);
  expect(link).toMatch(/\/edit#g=1\./);
  expect(link.length).toBeLessThan(4_000);

  await openExample(page, 'gan-lab');
  await titleField(page).fill('Work of mine');
  await titleField(page).press('Enter');
  await expectKept(page);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(titleField(page)).toHaveValue('Shared by link');
  await expect(page).toHaveURL(/\/edit$/);
  expect(withDefaults(await savedGraph(page))).toEqual(withDefaults(sent));
  await expect(status(page)).toHaveText('not started');
  expect(await readIteration(page)).toBe(0);

  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Recent' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Work of mine' }).click();
  await expect(titleField(page)).toHaveValue('Work of mine');
});

test('a link that is pasted into an open editor opens there', async ({ page }) => {
  await openExample(page, 'ring');
  const link = await copyLink(page);
  await openExample(page, 'gan-lab');
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, new URL(link).hash);
  await expect(titleField(page)).toHaveValue('Ring of eight Gaussians');
});

/** 60 MB of zeros in a few kilobytes of text. */
const bomb = () => forgeLink('0'.repeat(9_000_000));

const wrongLinks: readonly [what: string, make: (link: string) => string, reason: RegExp][] = [
  ['damaged', (link) => `${link.slice(0, -20)}AAAA${link.slice(-16)}`, /This link is damaged/],
  ['cut off', (link) => link.slice(0, link.length / 2), /This link is damaged/],
  ['newer', (link) => link.replace('#g=1.', '#g=7.'), /made by a newer Ganvas \(link format 7/],
  ['much too large', (link) => link.replace(/#.*/, bomb()), /expands to more than/],
];

for (const [what, make, reason] of wrongLinks)
  test(`a link that is ${what} gets a sentence; the work of last time is there`, async ({ page }) => {
    await openExample(page, 'ring');
    const link = make(await copyLink(page));
    await openExample(page, 'gan-lab');
    await expectKept(page);
    await page.goto('about:blank');
    const start = Date.now();
    await page.goto(link);
    const dialog = page.getByRole('dialog', { name: 'Cannot open this link' });
    await expect(dialog.getByRole('listitem').first()).toContainText(reason);
    expect(Date.now() - start).toBeLessThan(10_000);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await expect(titleField(page)).toHaveValue('GAN Lab’s first game');
    // A reload does not ask again.
    await page.reload();
    await expect(titleField(page)).toHaveValue('GAN Lab’s first game');
    await expect(dialog).toBeHidden();
  });

const chatChanges: readonly [what: string, change: (link: string) => string][] = [
  ['a bracket and a full stop behind it', (link) => `${link}).`],
  ['its fragment escaped', (link) => link.replace(/#.*/, (hash) => `#${encodeURIComponent(hash.slice(1))}`)],
  ['what is not seen in it', (link) => `${link.slice(0, -30)}\u200b%20\u00ad${link.slice(-30)}`],
  ['a campaign before and behind it', (link) => `${link.replace('#', '?utm_source=chat#')}?utm_medium=x`],
  ['its fragment made a query', (link) => link.replace('#', '?')],
];

for (const [what, change] of chatChanges)
  test(`a link with ${what} opens (L6)`, async ({ page }) => {
    await openExample(page, 'ring');
    const link = change(await copyLink(page));
    await page.goto('about:blank');
    await page.goto(link);
    await expect(titleField(page)).toHaveValue('Ring of eight Gaussians');
    await expect(page).toHaveURL(/\/edit$/);
  });

/** Puts text on the clipboard and pastes it, as a person does. */
async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.locator('.react-flow__pane').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('Control+v');
}

test('a message with a link in it, pasted onto the canvas, opens its graph', async ({ page }) => {
  await openExample(page, 'ring');
  const link = await copyLink(page);
  await openExample(page, 'gan-lab');
  await pasteText(page, `Look at this:\n\n> <${link.slice(0, 90)}\n> ${link.slice(90)}>.\n\nIt learns.`);
  await expect(titleField(page)).toHaveValue('Ring of eight Gaussians');
  await expect(page.getByText('is kept in this browser').first()).toBeVisible();
  // Text that is no link stays with whom it belongs to.
  await pasteText(page, 'g is 9.81 m/s²');
  await expect(titleField(page)).toHaveValue('Ring of eight Gaussians');
});

/** Milliseconds from a new fragment to the dialog, in the page. */
function timeToSentence(fragment: string): Promise<number> {
  return new Promise((resolve) => {
    let start = 0;
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[role="dialog"]')) return;
      observer.disconnect();
      resolve(performance.now() - start);
    }).observe(document.body, { childList: true, subtree: true });
    window.addEventListener('hashchange', () => (start = performance.now()), { once: true, capture: true });
    window.location.hash = fragment;
  });
}

const long = '#g=1.'.padEnd(1_500_000, 'A');

for (const [what, fragment, reason] of [
  ['no link', '#foo', /There is no graph in “#foo”/],
  ['of no known kind', '#v9=AAAA', /There is no graph in “#v9=AAAA”/],
  ['of 1.5 MB', long, /This link has 1,500,000 characters; at most 1,000,000 are read/],
] as const)
  test(`a fragment that is ${what} gets a sentence at once`, async ({ page }) => {
    await page.goto('/edit?new');
    await expect(titleField(page)).toHaveValue('Untitled');
    report(`a fragment that is ${what}`, await page.evaluate(timeToSentence, fragment));
    const dialog = page.getByRole('dialog', { name: 'Cannot open this link' });
    await expect(dialog.getByRole('listitem').first()).toContainText(reason);
    await expect(page).toHaveURL(/\/edit$/);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await expect(dialog).toBeHidden();
  });

test('1.5 MB of pasted link get a sentence at once', async ({ page }) => {
  await openExample(page, 'gan-lab');
  const start = Date.now();
  await pasteText(page, `https://ganvas.example/edit${long}`);
  await expect(page.getByRole('dialog', { name: 'Cannot open this link' })).toContainText(
    /at most 1,000,000/,
  );
  report('a pasted link of 1.5 MB', Date.now() - start);
  await expect(page.getByTestId('play')).toBeAttached();
});
