import { zipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { formatGraph } from '@/lib/graph/parse';
import { dropFile, openExample, readExample, titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Files that are no graph: whichever way they come, the page says what they are and what can be done. */
const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000800000008080200000000000000', 'hex');
const torch = Buffer.from(zipSync({ 'netG/data.pkl': new Uint8Array(9), 'netG/data/0': new Uint8Array(9) }));
const ring = formatGraph(readExample('ring'));

const problem = (page: Page, name: string) =>
  page
    .getByRole('dialog', { name: `Cannot open ${name}` })
    .getByRole('listitem')
    .first();

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Files by their names, as a drop or a paste hands them over. */
async function hand(page: Page, event: 'drop' | 'paste', files: Record<string, Buffer>): Promise<void> {
  await page.evaluate(
    ([type, named]) => {
      const data = new DataTransfer();
      for (const [name, base64] of named)
        data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      const options = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(
        type === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: data })
          : new ClipboardEvent('paste', { ...options, clipboardData: data }),
      );
    },
    [event, Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')] as const)] as const,
  );
}

test('a damaged picture, weights of PyTorch and cut JSON are explained, and the document stays', async ({
  page,
}) => {
  await openExample(page, 'gan-lab');
  await dropFile(page, 'cat.png', png);
  await expect(page.getByRole('dialog', { name: 'Cannot use cat.png' })).toContainText(
    'images were expected; 1 file in it, all damaged.',
  );
  await close(page);

  await dropFile(page, 'netG.pth', torch);
  await expect(problem(page, 'netG.pth')).toContainText('weights of PyTorch in its own format');
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Copied' })).toBeVisible();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code.split('\n')).toHaveLength(2);
  expect(code).toContain('torch.load("netG.pth", weights_only=True');
  await close(page);

  await dropFile(page, 'cut.json', ring.slice(0, 2_000));
  await expect(problem(page, 'cut.json')).toContainText(
    'This JSON is cut off: it ends after 2,000 characters',
  );
  await close(page);
  await expect(titleField(page)).toHaveValue(readExample('gan-lab').title);
});

test('several files at once, a pasted file and a picked one are explained too', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await hand(page, 'drop', { 'a.json': Buffer.from(ring), 'b.png': png });
  await expect(problem(page, '2 files')).toContainText('These are 2 files: a.json and b.png.');
  await close(page);

  // Well before the key: the browser takes a while until it reports choosers.
  const chooser = page.waitForEvent('filechooser');
  await hand(page, 'paste', { 'image.png': png });
  await expect(page.getByRole('dialog', { name: 'Cannot use image.png' })).toBeVisible();
  await close(page);

  await page.keyboard.press('Control+o');
  await (await chooser).setFiles({
    name: 'words.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Once upon a time.\n'),
  });
  await expect(problem(page, 'words.txt')).toContainText('text without a graph or a link');
  await close(page);
  await expect(titleField(page)).toHaveValue(readExample('gan-lab').title);
});

test('a graph in UTF-16, or in a file with its link, opens', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await dropFile(page, 'ring.txt', Buffer.from(`\ufeff${ring}`, 'utf16le'));
  await expect(titleField(page)).toHaveValue(readExample('ring').title);
  await hand(page, 'paste', { 'gan-lab.json': Buffer.from(formatGraph(readExample('gan-lab'))) });
  await expect(titleField(page)).toHaveValue(readExample('gan-lab').title);
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const [width, height] of [
    [1280, 720],
    [390, 844],
  ] as const)
    test(`the explanation in ${colorScheme} on ${width} x ${height}`, async ({ page }, info) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.goto('/edit?example=gan-lab');
      await expect(page.getByTestId('play')).toBeAttached();
      for (const [name, content] of [
        ['netG.pth', torch],
        ['words.txt', 'Once upon a time.\n'],
        ['cut.json', ring.slice(0, 2_000)],
      ] as const) {
        await dropFile(page, name, content);
        const dialog = page.getByRole('dialog', { name: `Cannot open ${name}` });
        await expect(dialog).toBeVisible();
        const { x, width: wide } = (await dialog.boundingBox()) ?? { x: -1, width: 0 };
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + wide).toBeLessThanOrEqual(width);
        // What is long scrolls inside its own box.
        expect(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
        await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}-${width}.png`) });
        await close(page);
      }
    });
