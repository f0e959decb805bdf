import type { Locator } from 'playwright/test';
import { blur, middleOf, port } from './fixtures/edit';
import { inspector, onCanvas, openDocument, openEditor, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { smallDocument } from './fixtures/small';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Two cards of the game beside each other, as a phone shows them. */
const phoneDocument = {
  ...smallDocument,
  nodes: smallDocument.nodes
    .filter(({ id }) => !['again', 'adam', 'z'].includes(id))
    .map((node) => (node.id === 'call' ? { ...node, at: [200, 40] } : node)),
  wires: smallDocument.wires.filter(([from]) => from !== 'data.x'),
} as typeof smallDocument;

test.beforeEach(async ({ page }) => {
  await openEditor(page);
  await openDocument(page, phoneDocument);
  await expect(onCanvas(page, 'call')).toBeInViewport();
});

/** How far a port is hit from its middle, along both axes together. */
const hitSize = (handle: Locator) =>
  handle.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const [left, top] = [x + width / 2, y + height / 2];
    const isHit = (dx: number, dy: number) =>
      document.elementFromPoint(left + dx, top + dy)?.closest('.react-flow__handle') === element;
    const steps = Array.from({ length: 121 }, (_, i) => i - 60);
    return {
      width: steps.filter((dx) => isHit(dx, 0)).length,
      height: steps.filter((dy) => isHit(0, dy)).length,
    };
  });

test('a wire is made by two taps; Escape and a tap on the canvas take the first back', async ({ page }) => {
  const [output, input] = [port(page, 'data', 'x', 'output'), port(page, 'call', 'x', 'input')];
  const hint = page.getByRole('status').filter({ hasText: 'press an input' });
  await output.tap();
  await expect(hint).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(hint).toBeHidden();
  await output.tap();
  await expect(hint).toBeVisible();
  const { x, y } = await middleOf(onCanvas(page, 'call'));
  await page.touchscreen.tap(x, y + 60);
  await expect(hint).toBeHidden();
  await output.tap();
  await expect(hint).toBeVisible();
  await input.tap();
  await expect(hint).toBeHidden();
  await blur(page);
  expect((await savedGraph(page)).wires).toContainEqual(['data.x', 'call.x']);
});

test('a tap on a card opens its fields as a sheet at the lower edge, within the window', async ({ page }) => {
  await onCanvas(page, 'data').tap({ position: { x: 30, y: 12 } });
  await expect(inspector(page)).toBeInViewport();
  const box = await inspector(page).boundingBox();
  expect(box?.width).toBeGreaterThan(380);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
  expect(box?.y).toBeGreaterThan(200);
  const close = await page.getByRole('button', { name: 'Hide the inspector', exact: true }).boundingBox();
  expect(close?.x).toBeGreaterThan(330);
});

test('a port is hit within 44 pixels by a finger at every zoom; two in a column share what is between', async ({
  page,
}) => {
  const [single, upper] = [port(page, 'call', 'x', 'input'), port(page, 'data', 'x', 'output')];
  for (let steps = 0; steps < 3; steps++) {
    if (steps > 0) await page.getByRole('button', { name: 'Zoom out' }).tap();
    await expect.poll(async () => (await hitSize(single)).width, `${steps} steps`).toBeGreaterThanOrEqual(43);
    expect((await hitSize(single)).height).toBeGreaterThanOrEqual(43);
    // Farther away the larger targets of neighbours meet.
    if (steps === 0) expect((await hitSize(upper)).height).toBeGreaterThanOrEqual(30);
  }
});
