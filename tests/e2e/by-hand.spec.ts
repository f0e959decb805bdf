import type { Locator, Page } from 'playwright/test';
import { dragTo, middleOf, paletteEntry, port } from './fixtures/edit';
import { inspector, onCanvas, openEditor, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, pause, pictureOf, play, readIteration, report } from './fixtures/training';

/** A person's hands, by real input events. Each click, drag, scroll, key and field typed into counts one. */
function handsOn(page: Page) {
  let count = 0;
  return {
    count: () => count,
    async click(target: Locator) {
      const isSeen = await target.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
      // Out of sight in its list: scrolled to first.
      if (!isSeen) count++;
      const { x, y } = await middleOf(target);
      await page.mouse.click(x, y);
      count++;
    },
    async drag(from: Locator, to: { x: number; y: number }) {
      await dragTo(page, from, to);
      count++;
    },
    async type(text: string) {
      await page.keyboard.type(text);
      count++;
    },
    async press(key: string) {
      await page.keyboard.press(key);
      count++;
    },
  };
}

/** What is shown anew has found its place. */
async function expectStill(target: Locator): Promise<void> {
  let last = '';
  await expect
    .poll(async () => {
      const before = last;
      last = JSON.stringify(await target.boundingBox());
      return last === before;
    })
    .toBe(true);
}

test('a GAN is wired by hand from an empty canvas, and trains, in 25 gestures', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openEditor(page);
  const hands = handsOn(page);
  const entry = (title: string) => paletteEntry(page, title).first();
  const found = (name: RegExp) => page.locator('main').getByRole('option', { name });
  const units = () => inspector(page).locator('[data-param="units"]').getByRole('textbox');
  const added = async (kind: string, nth = 0) => {
    const found = (await savedGraph(page)).nodes.filter((node) => node.kind === kind)[nth];
    if (!found) throw new Error(`no ${kind}`);
    return found.id;
  };
  const makeNetwork = async (size: number) => {
    await hands.click(entry('Network'));
    await hands.click(entry('Dense'));
    await hands.click(entry('ReLU'));
    await hands.click(entry('Dense'));
    await hands.click(units());
    await hands.type(String(size));
  };
  const header = async (id: string) => {
    const box = await onCanvas(page, id).boundingBox();
    return { x: (box?.x ?? 0) + 240, y: (box?.y ?? 0) + 16 };
  };
  await hands.click(entry('Latent'));
  await hands.click(entry('Dataset'));
  await makeNetwork(2);
  await makeNetwork(1);
  await hands.click(page.getByRole('button', { name: 'Show everything' }));
  const [generator = '', discriminator = ''] = (await savedGraph(page)).networks.map(({ id }) => id);
  await expectStill(onCanvas(page, generator));

  await hands.drag(port(page, await added('latent'), 'out', 'output'), await header(generator));
  const made = await added('call');
  await hands.drag(port(page, made, 'out', 'output'), await header(discriminator));
  await hands.drag(port(page, await added('dataset'), 'x', 'output'), await header(discriminator));
  const judged = await middleOf(port(page, await added('call', 1), 'out', 'output'));
  await hands.drag(port(page, await added('call', 1), 'out', 'output'), { x: judged.x + 60, y: judged.y });
  await hands.click(found(/^Non-saturating/));
  const loss = port(page, await added('loss-non-saturating'), 'g', 'output');
  const cost = await middleOf(loss);
  await hands.drag(loss, { x: cost.x + 60, y: cost.y });
  await hands.click(found(/^Adam for both players/));
  await expect(page.getByText('Adam for Network', { exact: true })).toBeVisible();
  await hands.press('Space');
  await expectIterations(page, 30);
  report('gestures from an empty canvas to a GAN that trains', hands.count(), 'gestures');
  expect(hands.count()).toBeLessThanOrEqual(25);
  const graph = await savedGraph(page);
  expect(graph.nodes.filter(({ kind }) => kind === 'adam')).toHaveLength(2);
  // The curves move on.
  const curves = page
    .getByRole('img', { name: /^Loss curves/ })
    .locator('canvas')
    .first();
  const first = await pause(page).then(() => pictureOf(curves));
  const drawn = await readIteration(page);
  await play(page);
  await expectIterations(page, drawn + 30);
  expect(await pause(page).then(() => pictureOf(curves))).not.toBe(first);
});
