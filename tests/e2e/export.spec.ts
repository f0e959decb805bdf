import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Download, Page } from 'playwright/test';
import { decodeSafetensors, encodeSafetensors } from '@/lib/export/safetensors';
import type { NamedTensors } from '@/lib/export/tensors';
import { file, ordered, tensor } from '@/lib/export/testing/torch-file';
import { encodeTyped } from '@/lib/export/testing/typed-file';
import { dropFile, openEditor, openExample, readExample, savedGraph, titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { pictureOf, readIteration, status, trainTo } from './fixtures/training';

/** What leaves the editor by the File menu, and comes back. */
const fileMenu = (page: Page) => page.getByRole('button', { name: 'File', exact: true });

async function choose(page: Page, item: string): Promise<void> {
  await fileMenu(page).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Chooses an item and takes so many files that it hands over, by name. */
async function download(page: Page, item: string, files: number): Promise<ReadonlyMap<string, Buffer>> {
  const taken: Download[] = [];
  page.on('download', (given) => taken.push(given));
  await choose(page, item);
  await expect.poll(() => taken.length).toBe(files);
  const read = async (given: Download) =>
    [given.suggestedFilename(), readFileSync((await given.path()) ?? '')] as const;
  return new Map(await Promise.all(taken.map(read)));
}

function decoded(bytes: Uint8Array | undefined) {
  const file = decodeSafetensors(bytes ?? new Uint8Array());
  if (!file.ok) throw new Error(file.reason);
  return file;
}

const samples = (page: Page) => page.locator('[data-node="samples"] canvas').first();

async function train(page: Page): Promise<void> {
  await openExample(page, 'gan-lab');
  await trainTo(page, 40);
}

test('graph and weights leave in one file and open again as both', async ({ page }) => {
  await train(page);
  const graph = await savedGraph(page);
  const files = await download(page, 'Save with weights', 1);
  const [[name, bytes] = ['', Buffer.alloc(0)]] = files;
  expect(name).toMatch(/\.safetensors$/);
  expect(decoded(bytes).about.iteration).toBe('40');
  const picture = await pictureOf(samples(page));

  await openEditor(page);
  await dropFile(page, name, bytes);
  await expect(titleField(page)).toHaveValue(graph.title);
  await expect(status(page)).toHaveText('paused');
  expect(await readIteration(page)).toBe(40);
  expect(await savedGraph(page)).toEqual(graph);
  await expect.poll(() => pictureOf(samples(page))).toBe(picture);
});

test('weights trained in PyTorch become the document’s, and its samples show them', async ({ page }) => {
  await train(page);
  const files = await download(page, 'Export to PyTorch', 2);
  const names = [...files.keys()].sort();
  expect(names.map((name) => name.split('.').at(-1))).toEqual(['py', 'safetensors']);
  expect(files.get(names[0] ?? '')?.toString()).toContain(`WEIGHTS = "${names[1]}"`);
  const before = await pictureOf(samples(page));

  const { tensors } = decoded(files.get(names[1] ?? ''));
  // What has been trained further, say: every weight of the generator at half its size.
  const changed: NamedTensors = new Map(
    [...tensors].map(([name, { dims, values }]) => [
      name,
      { dims, values: values.map((value) => value / 2) },
    ]),
  );
  await dropFile(page, 'weights.safetensors', Buffer.from(encodeSafetensors(changed, { iteration: '25' })));
  await expect(
    page.getByText(`${tensors.size} of ${tensors.size} tensors were loaded`).first(),
  ).toBeVisible();
  await expect.poll(() => readIteration(page)).toBe(25);
  await expect(status(page)).toHaveText('paused');
  await expect(titleField(page)).toHaveValue(readExample('gan-lab').title);
  await expect.poll(() => pictureOf(samples(page))).not.toBe(before);
});

test('weights in other numbers and behind other names open, and a sentence says what was done', async ({
  page,
}) => {
  await train(page);
  const files = await download(page, 'Save with weights', 1);
  const [bytes] = files.values();
  const { tensors } = decoded(bytes);
  await dropFile(
    page,
    'theirs.safetensors',
    Buffer.from(encodeTyped(tensors, { type: 'F64', start: 'module.' })),
  );
  const said = page.getByText(`${tensors.size} of ${tensors.size} tensors were loaded`).first();
  await expect(said).toContainText(`${tensors.size} tensors of F64 became float32.`);
  await expect(said).toContainText('such as module.norm.num_batches_tracked, left out.');
  await expect(said).toContainText('“module.” before the names was left out.');
});

test('weights whose names say nothing are matched by order and shape, and a dialog says so', async ({
  page,
}) => {
  await train(page);
  const files = await download(page, 'Save with weights', 1);
  const [bytes] = files.values();
  const renamed = new Map([...decoded(bytes).tensors].map(([name, tensor]) => [theirName(name), tensor]));
  await dropFile(page, 'theirs.safetensors', Buffer.from(encodeSafetensors(renamed)));
  const dialog = page.getByRole('dialog', { name: 'Opened theirs.safetensors', exact: true });
  await expect(dialog).toContainText(`${renamed.size} of ${renamed.size} tensors were loaded`);
  await expect(dialog).toContainText('matched by order and shape: netG.0 is g_dense_1');
  await page.screenshot({ path: test.info().outputPath('by-order.png') });
});

test('a state_dict that torch.save wrote opens as it is', async ({ page }) => {
  await train(page);
  const files = await download(page, 'Save with weights', 1);
  const [bytes] = files.values();
  const saved = [...decoded(bytes).tensors];
  const entries = saved.map(([name, { dims }], i) => [name, tensor({ dims, key: String(i) })] as const);
  const storages = saved.map(
    ([, { values }], i) => [String(i), new Uint8Array(values.buffer.slice(0))] as const,
  );
  const pth = Buffer.from(file(ordered(Object.fromEntries(entries)), Object.fromEntries(storages)));
  await dropFile(page, 'netG.pth', pth);
  await expect(
    page.getByText(`${saved.length} of ${saved.length} tensors were loaded`).first(),
  ).toBeVisible();
});

/** `Generator.g_dense_1.weight` → `netG.0.weight` */
const theirName = (name: string): string => {
  const [network = '', layer = '', end = ''] = name.split('.');
  return `${network.startsWith('G') ? 'netG' : 'netD'}.${Number(layer.replace(/\D/g, '')) - 1}.${end}`;
};

test('weights that fit in part are taken, and the rest is named', async ({ page }) => {
  await train(page);
  const files = await download(page, 'Save with weights', 1);
  const [bytes] = files.values();
  const tensors = new Map(decoded(bytes).tensors);
  const [first = ''] = tensors.keys();
  tensors.delete(first);
  await dropFile(page, 'part.safetensors', Buffer.from(encodeSafetensors(tensors)));
  const dialog = page.getByRole('dialog', { name: 'Opened part.safetensors in part' });
  await expect(dialog).toContainText(`${tensors.size} of ${tensors.size + 1} tensors were loaded`);
  await expect(dialog).toContainText(new RegExp(`${first.replaceAll('.', '\\.')} \\[[\\d, ]+\\] is missing`));
});

test('hostile weights are refused with a reason, and the document stays', async ({ page }) => {
  await openExample(page, 'gan-lab');
  const header = (text: string, length = BigInt(text.length)) => {
    const bytes = Buffer.alloc(8 + text.length + 16);
    bytes.writeBigUInt64LE(length);
    bytes.write(text, 8);
    return bytes;
  };
  const entry = (rest: object) =>
    JSON.stringify({ a: { dtype: 'F32', shape: [4], data_offsets: [0, 16], ...rest } });
  for (const [bytes, reason] of [
    [header('{}', 1n << 60n), /header claims/],
    [header(entry({ shape: [2 ** 40, 2 ** 40] })), /takes/],
    [header(entry({ dtype: 'F64' })), /takes 32 bytes/],
    [header(entry({})), /None of the file's 1 tensors/],
    [Buffer.from('no weights at all'), /header/],
  ] as const) {
    await dropFile(page, 'evil.safetensors', bytes);
    const dialog = page.getByRole('dialog', { name: 'Cannot open evil.safetensors' });
    await expect(dialog).toContainText(reason);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await expect(dialog).toBeHidden();
  }
  await expect(titleField(page)).toHaveValue(readExample('gan-lab').title);
  await expect(page.getByTestId('play')).toBeEnabled();
});

test('networks leave as layers models of TensorFlow.js', async ({ page }) => {
  await train(page);
  const [[name, bytes] = ['', Buffer.alloc(0)]] = await download(page, 'Export to TensorFlow.js', 1);
  expect(name).toMatch(/\.zip$/);
  const files = unzipSync(bytes);
  expect(Object.keys(files).sort()).toEqual([
    'D/model.json',
    'D/weights.bin',
    'G/model.json',
    'G/weights.bin',
  ]);
  const model = JSON.parse(Buffer.from(files['G/model.json'] ?? []).toString());
  expect(model).toMatchObject({ format: 'layers-model', modelTopology: { class_name: 'Model' } });
});

test('the generator leaves as an ONNX model', async ({ page }) => {
  await train(page);
  const [[name, bytes] = ['', Buffer.alloc(0)]] = await download(page, 'Export to ONNX', 1);
  expect(name).toBe('gan-lab-s-first-game.onnx');
  // The producer and the names of what goes in and comes out.
  for (const text of ['Ganvas', 'latent', 'samples', 'MatMul']) expect(bytes.includes(text), text).toBe(true);
  await expect(page.getByText('From latent to samples').first()).toBeVisible();
});

test('a model for Hugging Face leaves as a zip, with metrics of now on its card', async ({ page }) => {
  await train(page);
  const [[name, bytes] = ['', Buffer.alloc(0)]] = await download(page, 'Export to Hugging Face', 1);
  expect(name).toBe('gan-lab-s-first-game-huggingface.zip');
  const files = unzipSync(bytes);
  const folder = 'gan-lab-s-first-game';
  expect(Object.keys(files).sort()).toEqual(
    [
      'README.md',
      'config.json',
      'game.py',
      'generate.py',
      'graph.json',
      'model.safetensors',
      'requirements.txt',
    ].map((file) => `${folder}/${file}`),
  );
  const text = (file: string) => Buffer.from(files[`${folder}/${file}`] ?? []).toString();
  expect(JSON.parse(text('config.json'))).toMatchObject({ iteration: 40 });
  expect(text('README.md')).toContain('After 40 iterations:');
  expect(text('README.md')).toMatch(/\| Wasserstein distance: Distance \| [\d.]+ \|/);

  // A run that is kept is taken up to be measured.
  await page.reload();
  await expect(titleField(page)).toHaveValue(readExample('gan-lab').title);
  const [[, again] = ['', Buffer.alloc(0)]] = await download(page, 'Export to Hugging Face', 1);
  const card = unzipSync(again)[`${folder}/README.md`];
  expect(Buffer.from(card ?? []).toString()).toBe(text('README.md'));
});

test('samples leave as points of seeds, with the weights of now', async ({ page }) => {
  await train(page);
  await choose(page, 'Export samples …');
  const dialog = page.getByRole('dialog', { name: 'Export samples' });
  await dialog.getByLabel('First seed').fill('5');
  await dialog.getByLabel('Samples', { exact: true }).fill('0');
  await expect(dialog.getByRole('alert')).toContainText('from 1 to 10,000');
  await dialog.getByLabel('Samples', { exact: true }).fill('3');
  const taken = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const given = await taken;
  expect(given.suggestedFilename()).toMatch(/-samples\.csv$/);
  const lines = readFileSync(await given.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines[0]).toBe('x1,x2');
  expect(lines).toHaveLength(4);
  await expect(dialog).toBeHidden();
});

test('a game whose metric asks a classifier is written beside the page’s thread', async ({ page }) => {
  await openExample(page, 'ac-gan-glyphs');
  // That of the run, which is there before.
  await expect.poll(() => page.workers().length).toBe(1);
  const started = page.waitForEvent('worker');
  const [[, script] = ['', Buffer.alloc(0)]] = await download(page, 'Export to PyTorch', 1);
  expect(script.toString()).toContain('def frechet_figures');
  expect(script.toString()).toMatch(/^JUDGE_\w+ = \{$/m);
  await started;
});

test('without a run there are no weights to save, and a message says so', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await choose(page, 'Save with weights');
  await expect(page.getByText('There are no weights to save').first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`the File menu in ${colorScheme}`, async ({ page }, info) => {
    await page.emulateMedia({ colorScheme });
    await openExample(page, 'gan-lab');
    await fileMenu(page).click();
    for (const item of [
      'Save as a file',
      'Save with weights',
      'Export to PyTorch',
      'Export to TensorFlow.js',
      'Export to ONNX',
      'Export to Hugging Face',
      'Export samples …',
    ])
      await expect(page.getByRole('menuitem', { name: item })).toBeVisible();
    await page.screenshot({ path: info.outputPath(`menu-${colorScheme}.png`) });
  });
