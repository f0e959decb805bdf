import type { Locator, Page } from 'playwright/test';
import { blur, middleOf, port } from './fixtures/edit';
import { inspector, onCanvas, openDocument, openEditor, openExample, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { smallDocument } from './fixtures/small';
import { pictureOf, trainTo } from './fixtures/training';

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

/** Two fingers about a point, from so far to so far from it. */
async function pinch(
  page: Page,
  { x, y }: { x: number; y: number },
  from: number,
  to: number,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        apart === undefined
          ? []
          : [
              { x: x - apart, y, id: 0 },
              { x: x + apart, y, id: 1 },
            ],
    });
  await touch('touchStart', from);
  for (let step = 1; step <= 6; step++) await touch('touchMove', from + ((to - from) * step) / 6);
  await touch('touchEnd');
  await session.detach();
}

const zoomOf = async (page: Page): Promise<number> =>
  Number(
    /scale\(([\d.]+)\)/.exec((await page.locator('.react-flow__viewport').getAttribute('style')) ?? '')?.[1],
  );

test('two fingers zoom the canvas, its map, and a view that is enlarged, and one moves it', async ({
  page,
}) => {
  await openExample(page, 'gan-lab');
  await trainTo(page, 20);
  const before = await zoomOf(page);
  const graph = await savedGraph(page);
  // On a card, which stays where it is; then about where it is.
  const onCard = { x: 140, y: 400 };
  await pinch(page, onCard, 30, 60);
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.5 * before);
  await pinch(page, onCard, 60, 30);
  await expect.poll(() => zoomOf(page)).toBeLessThan(1.2 * before);
  await pinch(page, { x: 150, y: 90 }, 20, 40);
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.5 * before);
  expect((await savedGraph(page)).nodes).toEqual(graph.nodes);
  const nearer = await zoomOf(page);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('hide the map');
  await page.keyboard.press('Enter');
  const map = page.getByRole('img', { name: 'Map of the document' });
  await pinch(page, await middleOf(map), 40, 20);
  await expect.poll(() => zoomOf(page)).toBeLessThan(0.7 * nearer);

  await onCanvas(page, 'surface')
    .getByRole('button', { name: /^Enlarge/ })
    .dispatchEvent('click');
  const canvas = page.getByRole('region', { name: /, enlarged$/ }).locator('canvas');
  const whole = await pictureOf(canvas);
  await pinch(page, await middleOf(canvas), 30, 90);
  const part = await pictureOf(canvas);
  expect(part).not.toBe(whole);
  const { x, y } = await middleOf(canvas);
  const session = await page.context().newCDPSession(page);
  for (const [type, at] of [
    ['touchStart', x],
    ['touchMove', x + 40],
  ] as const)
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: at, y, id: 0 }] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  expect(await pictureOf(canvas)).not.toBe(part);
  await pinch(page, { x, y }, 120, 10);
  await expect.poll(() => pictureOf(canvas)).toBe(whole);
  expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
});
