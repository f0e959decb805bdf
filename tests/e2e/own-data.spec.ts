import { gzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { resizeInto } from '@/lib/data/files/resize';
import { bytesOfNumbers, counting, idx, movingGif } from '@/lib/data/files/testing/files';
import { nodeOf } from './fixtures/edit';
import { dropFile, openDocument, openExample, readExample, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { playButton, readIteration } from './fixtures/training';

/** Data of the user's own, from a drop to a run that draws from it. */
const dialog = (page: Page) => page.getByRole('dialog');
const facts = (page: Page) => page.getByTestId('import-facts');
const choose = async (page: Page, label: string, option: string) => {
  await dialog(page).getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
const use = async (page: Page) => {
  await dialog(page).getByRole('button', { name: 'Use', exact: true }).click();
  await expect(dialog(page)).toBeHidden();
};
const dock = (page: Page, tab: string) =>
  page.getByRole('group', { name: 'Dock' }).getByRole('button', { name: tab });

const table = `height,weight,kind\n${Array.from({ length: 200 }, (_, i) => `${150 + (i % 50)},${50 + (i % 30)},${i % 2 ? 'a' : 'b'}`).join('\n')}\n`;

/** Real pictures, drawn by the page. */
const pictureOf = (
  page: Page,
  width: number,
  height: number,
  colour: string,
  type: string,
): Promise<Buffer> =>
  page
    .evaluate(
      async ([wide, high, fill, format]) => {
        const canvas = new OffscreenCanvas(wide, high);
        const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
        context.fillStyle = fill;
        context.fillRect(0, 0, wide, high);
        const blob = await canvas.convertToBlob({ type: format });
        return [...new Uint8Array(await blob.arrayBuffer())];
      },
      [width, height, colour, type] as const,
    )
    .then((bytes) => Buffer.from(bytes));

test('a dropped table is shown, prepared as chosen, used, trained on, kept, and undone', async ({ page }) => {
  await openExample(page, 'gan-lab');
  const before = await savedGraph(page);
  await dropFile(page, 'people.csv', table);
  await expect(facts(page)).toHaveText('200 rows of 2, 2 classes (a, b). 180 to train with, 20 held out.');
  await expect(dialog(page).getByRole('columnheader')).toHaveText(['height', 'weight', 'kind (class)']);
  await choose(page, 'Labels', 'None');
  await expect(facts(page)).toContainText('200 rows of 2, without classes.');
  await choose(page, 'Numbers', 'As in the file');
  await expect(dialog(page).getByRole('cell').first()).toHaveText('150');
  await choose(page, 'Held out', '20 %');
  await expect(facts(page)).toContainText('160 to train with, 40 held out.');
  await dialog(page).getByRole('checkbox', { name: 'weight' }).click();
  await expect(facts(page)).toContainText('200 rows of 1,');
  await dialog(page).getByRole('checkbox', { name: 'weight' }).click();
  await choose(page, 'Numbers', 'Mean 0, deviation 1');
  await expect(dialog(page).getByRole('cell').first()).toHaveText('−1.698');
  await use(page);

  const node = nodeOf(await savedGraph(page), 'data');
  expect(node.params).toMatchObject({
    source: expect.stringMatching(/^import:[0-9a-f]{64}$/),
    split: 'train',
    options: { name: 'people.csv', rows: 200, shape: [2], x: ['height', 'weight'], heldOut: 0.2 },
  });
  await playButton(page).click();
  await expect.poll(() => readIteration(page)).toBeGreaterThan(0);
  await playButton(page).click();

  await page.reload();
  await dock(page, 'Data').click();
  await expect(page.getByRole('region', { name: 'Your own data' }).getByRole('listitem')).toContainText([
    '200 rows of 2',
  ]);
  expect((await savedGraph(page)).nodes).not.toEqual(before.nodes);
});

test('pictures from a zip, whose folders are the classes: sizes and colours show at once', async ({
  page,
}) => {
  await openExample(page, 'dcgan-glyphs');
  const red = await pictureOf(page, 40, 30, 'red', 'image/png');
  const blue = await pictureOf(page, 30, 40, 'blue', 'image/jpeg');
  const pets = zipSync({
    'cats/1.png': red,
    'cats/2.png': red.subarray(0, 60),
    'cats/3.png': red,
    'dogs/1.jpg': blue,
    'dogs/2.jpg': blue,
  });
  await dropFile(page, 'pets.zip', Buffer.from(pets));
  // As the game takes them, at once.
  await expect(facts(page)).toHaveText(/^4 rows of 28 × 28 × 1, 2 classes \(cats, dogs\)/);
  await expect(dialog(page).getByRole('list', { name: 'What is left out' })).toContainText(
    'cats/2.png is skipped: the PNG is damaged.',
  );
  await choose(page, 'Colour', 'Colour');
  await expect(facts(page)).toHaveText(/^4 rows of 28 × 28 × 3/);
  await choose(page, 'Size', '32 × 32');
  await expect(facts(page)).toHaveText(/^4 rows of 32 × 32 × 3/);
  await choose(page, 'Size', '28 × 28');
  await choose(page, 'Colour', 'Grey');
  await expect(facts(page)).toHaveText(/^4 rows of 28 × 28 × 1/);
  await choose(page, 'Numbers', 'From 0 to 1');
  await expect(dialog(page)).toContainText('Numbers from 0 to 1.');
  await use(page);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');
  const params = (await savedGraph(page)).nodes.find(({ kind }) => kind === 'dataset')?.params;
  expect(params?.options).toMatchObject({ rows: 4, shape: [28, 28, 1], classes: ['cats', 'dogs'] });

  // A node that wants them larger says so, and the file resolves it.
  await dock(page, 'Data').click();
  await page.getByRole('button', { name: 'Delete pets.zip' }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  // A run that has it goes on; a page that opens now has it no more.
  await page.reload();
  await expect(page.getByTestId('missing-data')).toContainText(
    'The file pets.zip (4 rows of 28 × 28 × 1) is needed, and is not in this browser.',
  );
  await playButton(page).click();
  await expect(page.getByRole('region', { name: 'Problems of the graph' })).toContainText('pets.zip');
  await dropFile(page, 'pets.zip', Buffer.from(pets));
  await expect(page.getByTestId('missing-data')).toBeHidden();
  await playButton(page).click();
  await expect.poll(() => readIteration(page)).toBeGreaterThan(0);
});

test('choices that follow each other quickly all count, and Use is not taken back by the last of them', async ({
  page,
}) => {
  await openExample(page, 'dcgan-glyphs');
  const picture = await pictureOf(page, 900, 700, 'green', 'image/jpeg');
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`${'ab'[i % 2]}/${i}.jpg`, picture]),
  );
  await dropFile(page, 'many.zip', Buffer.from(zipSync(files, { level: 0 })));
  await expect(facts(page)).toHaveText(/^60 rows/);
  await choose(page, 'Size', '32 × 32');
  await choose(page, 'Colour', 'Colour');
  await expect(facts(page)).toHaveText(/^60 rows of 32 × 32 × 3/);
  // As quick as nobody is: the answer to the choice comes after Use.
  const returned = await page.evaluate(async () => {
    const within = (name: string) => document.querySelector<HTMLElement>(`[role=dialog] ${name}`);
    const use = [...document.querySelectorAll<HTMLElement>('[role=dialog] button')].find(
      ({ textContent }) => textContent === 'Use',
    );
    within('[role=switch]')?.click();
    await new Promise(requestAnimationFrame);
    use?.click();
    let isGone = false;
    for (;;) {
      await new Promise(requestAnimationFrame);
      if (!within('*')) return false;
      const isChoosing = within('[role=switch]') !== null;
      if (isGone && isChoosing) return true;
      isGone ||= !isChoosing;
    }
  });
  expect(returned).toBe(false);
  const node = (await savedGraph(page)).nodes.find(({ kind }) => kind === 'dataset');
  expect(node?.params.options).toMatchObject({ rows: 60, shape: [32, 32, 3], flip: true });
});

/** Noisy pictures of some formats, one of them turned by its EXIF, and the pixels that the browser shows of each. */
const photosOf = (page: Page) =>
  page.evaluate(async () => {
    const photos: { name: string; bytes: number[]; width: number; height: number; pixels: number[] }[] = [];
    const turned = [0xff, 0xe1, 0, 34, ...[...'Exif\0\0MM\0*'].map((each) => each.charCodeAt(0))];
    turned.push(...[0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
    const encode = async (width: number, height: number, type: string, quality: number, alpha: number) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      const image = context.createImageData(width, height);
      for (let i = 0; i < image.data.length; i++)
        image.data[i] = i % 4 === 3 ? alpha : Math.imul(i, 0x9e3779b1) >>> (24 + (i % 3));
      context.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob({ type, quality });
      return [...new Uint8Array(await blob.arrayBuffer())];
    };
    const add = async (name: string, bytes: number[]) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]), {
        colorSpaceConversion: 'none',
      });
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext(
        '2d',
      ) as OffscreenCanvasRenderingContext2D;
      context.drawImage(bitmap, 0, 0);
      const pixels = [...context.getImageData(0, 0, width, height).data];
      photos.push({ name, bytes, width, height, pixels });
    };
    const jpeg = await encode(163, 101, 'image/jpeg', 0.8, 255);
    await add('1.jpg', jpeg);
    await add('2.jpg', await encode(101, 163, 'image/jpeg', 1, 255));
    await add('3.jpg', [...jpeg.slice(0, 2), ...turned, ...jpeg.slice(2)]);
    await add('4.webp', await encode(120, 90, 'image/webp', 0.8, 255));
    await add('5.png', await encode(70, 200, 'image/png', 1, 255));
    await add('6.jpg', await encode(10, 12, 'image/jpeg', 0.8, 255));
    return photos;
  });

const keptImages = (page: Page): Promise<number[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('ganvas-data');
        opening.onsuccess = () => {
          const all = opening.result.transaction('arrays').objectStore('arrays').getAll();
          all.onsuccess = () => resolve([...all.result[0][0].values]);
          all.onerror = () => reject(all.error);
        };
      }),
  );

test('photos become what plain numbers make of their pixels, whatever way the browser has', async ({
  page,
}) => {
  await openExample(page, 'dcgan-glyphs');
  const photos = await photosOf(page);
  expect(photos[2]).toMatchObject({ width: 101, height: 163 });
  const files = Object.fromEntries(photos.map(({ name, bytes }) => [name, Uint8Array.from(bytes)]));
  const whole = files['1.jpg'] as Uint8Array;
  await dropFile(
    page,
    'photos.zip',
    Buffer.from(zipSync({ ...files, '7.jpg': whole.subarray(0, whole.length / 2) }, { level: 0 })),
  );
  await choose(page, 'Colour', 'Colour');
  await expect(facts(page)).toHaveText(/^6 rows of 28 × 28 × 3/);
  await use(page);
  const expected = photos.flatMap(({ width, height, pixels }) => {
    const out = new Uint8Array(28 * 28 * 3);
    const image = { values: Uint8ClampedArray.from(pixels), width, height, channels: 3, stride: 4 };
    const filling = { fit: 'crop', blank: 255, whole: true } as const;
    resizeInto(out, 0, image, { height: 28, width: 28, channels: 3 }, filling);
    return [...out];
  });
  expect(await keptImages(page)).toEqual(expected);
});

/** A smooth photo of 12 MP. */
const largeJpeg = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const canvas = new OffscreenCanvas(4000, 3000);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    const colours = context.createLinearGradient(0, 0, 4000, 3000);
    for (const [at, colour] of ['red', 'green', 'blue', 'white'].entries())
      colours.addColorStop(at / 3, colour);
    context.fillStyle = colours;
    context.fillRect(0, 0, 4000, 3000);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });

test('photos of a camera take the short way: no bitmap is made of them', async ({ page }) => {
  await openExample(page, 'dcgan-glyphs');
  test.skip(
    await page.evaluate(() => typeof ImageDecoder === 'undefined'),
    'this browser has no ImageDecoder',
  );
  await page.evaluate(() => {
    const ways: string[] = [];
    Object.assign(window, { ways });
    new BroadcastChannel('ways').onmessage = ({ data }) => ways.push(data);
  });
  const patched: Promise<unknown>[] = [];
  page.on('worker', (worker) => {
    const patch = worker.evaluate(() => {
      if (self.name !== 'ganvas-image') return;
      const channel = new BroadcastChannel('ways');
      const [decode, bitmap] = [ImageDecoder.prototype.decode, self.createImageBitmap];
      ImageDecoder.prototype.decode = function (...given) {
        channel.postMessage('planes');
        return decode.apply(this, given);
      };
      self.createImageBitmap = ((...given: Parameters<typeof createImageBitmap>) => {
        channel.postMessage('bitmap');
        return bitmap(...given);
      }) as typeof createImageBitmap;
    });
    patched.push(patch.catch(() => undefined));
  });
  const photo = Uint8Array.from(await largeJpeg(page));
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.jpg`, photo]));
  await dropFile(page, 'photos.zip', Buffer.from(zipSync(files, { level: 0 })));
  await expect(facts(page)).toHaveText(/^12 rows/, { timeout: 60_000 });
  await use(page);
  await Promise.all(patched);
  const ways = await page.evaluate(() => (window as unknown as { ways: string[] }).ways);
  expect(ways.length).toBeGreaterThan(0);
  expect(new Set(ways)).toEqual(new Set(['planes']));
});

test('the frames of a GIF are those that the browser shows', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await dropFile(page, 'moving.gif', Buffer.from(movingGif));
  await expect(facts(page)).toHaveText(/^3 rows of 4 × 6 × 3/);
  await use(page);
  const shown = await page.evaluate(
    async (bytes) => {
      const decoder = new ImageDecoder({ data: Uint8Array.from(bytes), type: 'image/gif' });
      await decoder.tracks.ready;
      const found: number[] = [];
      for (let frameIndex = 0; frameIndex < 3; frameIndex++) {
        const { image } = await decoder.decode({ frameIndex });
        const context = new OffscreenCanvas(6, 4).getContext('2d') as OffscreenCanvasRenderingContext2D;
        context.fillStyle = 'white';
        context.fillRect(0, 0, 6, 4);
        context.drawImage(image, 0, 0);
        found.push(...context.getImageData(0, 0, 6, 4).data.filter((_, i) => i % 4 < 3));
      }
      return found;
    },
    [...movingGif],
  );
  expect(await keptImages(page)).toEqual(shown);
});

test('what cannot be used is said, and nothing of it stays', async ({ page }) => {
  await openExample(page, 'gan-lab');
  const before = await savedGraph(page);
  const lies = idx(8, [5, 2, 3], counting(24));
  for (const [name, content, sentence] of [
    ['words.csv', 'name\nada\nbob\n', 'words.csv: a column of numbers was expected'],
    ['ragged.csv', '1,2\n3\n', 'ragged.csv: each row must have 2 cells, as the first; row 2 has 1.'],
    ['lies-idx3-ubyte.gz', gzipSync(lies), 'its header says 5 × 2 × 3, which is 30 bytes'],
    [
      'large.png',
      bytesOfNumbers(
        Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52),
        Uint8Array.of(0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40, 8, 2, 0, 0, 0),
      ),
      'at most 64 million pixels was expected; it says 40000 × 40000.',
    ],
  ] as const) {
    await dropFile(page, name, Buffer.from(content));
    await expect(page.getByRole('dialog', { name: `Cannot use ${name}` }).getByRole('alert')).toContainText(
      sentence,
    );
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
  }
  expect(await savedGraph(page)).toEqual(before);
  await dock(page, 'Data').click();
  await expect(page.getByRole('region', { name: 'Your own data' })).toContainText('Drop a file or a folder');
});

test('a document says which file it lacks as soon as it opens', async ({ page }) => {
  const ring = readExample('ring');
  const options = { name: 'gone.csv', rows: 12, shape: [2], x: ['a', 'b'] };
  const source = `import:${'0'.repeat(64)}`;
  const nodes = ring.nodes.map((node) =>
    node.kind === 'dataset' ? { ...node, params: { source, options } } : node,
  );
  await openExample(page, 'gan-lab');
  await openDocument(page, { ...ring, nodes });
  await expect(page.getByTestId('missing-data')).toContainText('The file gone.csv (12 rows of 2) is needed');
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const [width, height] of [
    [1280, 720],
    [390, 844],
  ] as const)
    test(`the import in ${colorScheme} on ${width} x ${height}`, async ({ page }, info) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await openExample(page, 'gan-lab');
      const pictures = idx(
        8,
        [60, 12, 12],
        Uint8Array.from({ length: 60 * 144 }, (_, i) => (i * i) % 256),
      );
      for (const [name, content] of [
        ['people.csv', table],
        ['digits-idx3-ubyte', pictures],
      ] as const) {
        await dropFile(page, name, Buffer.from(content));
        await expect(facts(page)).toBeVisible();
        await expect(dialog(page).getByRole('button', { name: 'Use', exact: true })).toBeInViewport();
        expect(await dialog(page).evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(
          true,
        );
        await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}-${width}.png`) });
        await use(page);
      }
      await dock(page, 'Data').click();
      await expect(page.getByRole('region', { name: 'Your own data' }).getByRole('listitem')).toHaveCount(2);
      await page.screenshot({ path: info.outputPath(`panel-${colorScheme}-${width}.png`) });
    });
