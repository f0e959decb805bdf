import {
  onCanvas,
  openDocument,
  openEditor,
  openExample,
  readExample,
  savedGraph,
  select,
  setParam,
  withParams,
} from './fixtures/editor';
import { expect, test } from './fixtures/page';
import {
  checkpointHash,
  countColoured,
  expectCheckpoint,
  expectIterations,
  pause,
  pictureOf,
  play,
  playButton,
  readIteration,
  report,
  setTarget,
  status,
  trainTo,
} from './fixtures/training';

test('play draws the first samples within seconds; curves follow', async ({ page }) => {
  await openExample(page, 'ring');
  const samples = page.getByRole('region', { name: 'Samples' }).getByRole('img');
  expect(await countColoured(samples)).toBe(0);
  const { afterPlay, afterOpening } = await samples.evaluate(async (element) => {
    const canvas = element as HTMLCanvasElement;
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const isDrawn = () => {
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let coloured = 0;
      for (let i = 0; i < data.length; i += 4)
        if (Math.abs((data[i] ?? 0) - (data[i + 2] ?? 0)) > 60) coloured++;
      return coloured > 100;
    };
    const pressed = performance.now();
    document.querySelector<HTMLButtonElement>('[data-testid="play"]')?.click();
    while (!isDrawn()) {
      if (performance.now() - pressed > 30_000) throw new Error('no samples within 30 s');
      await new Promise(requestAnimationFrame);
    }
    return { afterPlay: performance.now() - pressed, afterOpening: performance.now() };
  });
  report('first samples after play', afterPlay);
  report('first samples after opening /edit', afterOpening);
  // 3 s on an idle machine; a loaded one gets twice that.
  expect(afterPlay).toBeLessThan(6_000);

  await expectIterations(page, 20);
  const before = await readIteration(page);
  await expectIterations(page, before + 10);
  await expect(page.getByTestId('rate')).toHaveText(/it\/s · .* left/);
  const curves = page.getByRole('img', { name: /^Loss curves of/ }).locator('canvas');
  await expect.poll(() => countColoured(curves)).toBeGreaterThan(50);
  for (const player of ['D', 'G'])
    await expect(page.getByRole('button', { name: `Loss of ${player}` })).toHaveText(/\d/);
});

test('metrics are read while it trains, in the dock and on their cards', async ({ page }) => {
  await openEditor(page);
  const often = withParams(readExample('gan-lab'), 'distance', { every: 20 });
  await openDocument(page, { ...often, title: 'Measured often' });
  await setTarget(page, 1_000_000);
  const distance = page.getByRole('region', { name: 'Metrics' }).getByRole('row', { name: /distance/i });
  await expect(distance.getByRole('cell').last()).toHaveText('–');
  await play(page);
  await expect(distance.getByRole('cell').last()).toHaveText(/^[\d.e-]+$/, { timeout: 20_000 });
  await expect(onCanvas(page, 'distance')).toContainText(/\d\.\d/);
  await expect(playButton(page)).toHaveAccessibleName('Pause');
});

for (const example of ['ring', 'dcgan-glyphs'] as const)
  test(`pause is acknowledged at once while ${example} trains, and holds`, async ({ page }) => {
    await openExample(page, example);
    await play(page);
    const times: number[] = [];
    for (let round = 1; round <= 3; round++) {
      await expect(page.getByTestId('rate')).toHaveText(/it\/s/, { timeout: 30_000 });
      times.push(
        await playButton(page).evaluate(async (button) => {
          const pressed = performance.now();
          (button as HTMLButtonElement).click();
          const words = () => document.querySelector('[data-testid="status"]')?.textContent ?? '';
          while (!words().startsWith('paus')) await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          return performance.now() - pressed;
        }),
      );
      await expect(status(page)).toHaveText('paused');
      if (round < 3) await play(page);
    }
    const [, median = Number.NaN] = times.sort((a, b) => a - b);
    report(`pause on screen, ${example}`, median);
    expect(median).toBeLessThan(100);
    const held = await readIteration(page);
    // Three updates of the larger game would fit in this time.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    expect(await readIteration(page)).toBe(held);
  });

test('one iteration at a time, from the start and after a pause; back to 0', async ({ page }) => {
  await openExample(page, 'gan-lab');
  const step = page.getByRole('button', { name: 'One iteration' });
  await step.click();
  await expect(status(page)).toHaveText('paused');
  await expect.poll(() => readIteration(page)).toBe(1);
  await play(page);
  await expectIterations(page, 20);
  const paused = await pause(page);
  for (const more of [1, 2]) {
    await step.click();
    await expect(status(page)).toHaveText('paused');
    await expect.poll(() => readIteration(page)).toBe(paused + more);
  }
  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await expect(status(page)).toHaveText('paused');
  expect(await readIteration(page)).toBe(0);
  await play(page);
  await expectIterations(page, 5);
});

test('the run ends at its target and says so; a higher one goes on from there', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await trainTo(page, 150);
  expect(await readIteration(page)).toBe(150);
  await expect(playButton(page)).toBeDisabled();
  await setTarget(page, 200);
  await playButton(page).click();
  await expect(status(page)).toHaveText(/target reached/);
  expect(await readIteration(page)).toBe(200);
  expect((await savedGraph(page)).settings.iterations).toBe(200);
});

test('a loss that is not finite stops the run with its name; the weights are kept and the page lives', async ({
  page,
}) => {
  await openEditor(page);
  const ring = readExample('ring');
  const players = { 'adam-d': ring, 'adam-g': ring };
  const nodes = ring.nodes.map((node) =>
    node.id in players
      ? { ...node, kind: 'sgd', params: { learningRate: 10, order: node.params?.order ?? 0 } }
      : node,
  );
  await openDocument(page, { ...ring, title: 'Much too fast', nodes });
  await play(page);
  await expect(status(page)).toHaveText('stopped by an error');
  const problems = page.getByRole('region', { name: 'Training', exact: true }).getByRole('listitem');
  await expect(problems.first()).toContainText(
    /Not finite, iteration \d+, in Non-saturating\. The loss [dg] became (NaN|-?Infinity)/,
  );
  await expect(problems.first()).toContainText(/The weights of iteration \d+ are kept\./);
  // The page goes on: an edit, and a run of the corrected document.
  for (const id of Object.keys(players)) {
    await select(page, id);
    await setParam(page, 'learningRate', '0.01');
  }
  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await expect(status(page)).toHaveText('paused');
  await play(page);
  await expectIterations(page, 20);
});

test('a rate that is changed while it trains acts at once, without a restart', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await setTarget(page, 1_000_000);
  await select(page, 'sgd-g');
  await play(page);
  await expectIterations(page, 100);
  const lows = watchIterations(page);
  await setParam(page, 'learningRate', '0.0001');
  const edited = await readIteration(page);
  await expectIterations(page, edited + 50);
  expect(Math.min(...(await lows()))).toBeGreaterThanOrEqual(100);
  await expect(playButton(page)).toHaveAccessibleName('Pause');

  // With a rate of next to nothing G stands still, while D goes on.
  const picture = onCanvas(page, 'samples').locator('canvas');
  const surface = onCanvas(page, 'surface').locator('canvas');
  await setParam(page, 'learningRate', '1e-30');
  await pause(page);
  const [still, moving] = [await pictureOf(picture), await pictureOf(surface)];
  await play(page);
  await expectIterations(page, (await readIteration(page)) + 300);
  await pause(page);
  expect(await pictureOf(picture)).toBe(still);
  expect(await pictureOf(surface)).not.toBe(moving);
});

/** Every iteration that is shown from now on; the function that it gives reads them. */
function watchIterations(page: import('playwright/test').Page) {
  const installed = page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seenIterations: seen });
    const element = document.querySelector('[data-testid="iteration"]') as Element;
    const note = () => seen.push(Number(element.textContent?.replaceAll(',', '')));
    note();
    new MutationObserver(note).observe(element, { characterData: true, childList: true, subtree: true });
  });
  return async () => {
    await installed;
    return page.evaluate(() => (window as unknown as { seenIterations: number[] }).seenIterations);
  };
}

test('a structural edit keeps the weights of the layers that it leaves as they are', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await trainTo(page, 300);
  const samples = onCanvas(page, 'samples').locator('canvas');
  const surface = onCanvas(page, 'surface').locator('canvas');
  const before = { samples: await pictureOf(samples), surface: await pictureOf(surface) };
  // D gets another middle layer; G is as it was.
  await select(page, 'd-dense-2');
  await setParam(page, 'units', '12');
  await expect.poll(() => pictureOf(surface)).not.toBe(before.surface);
  expect(await readIteration(page)).toBe(300);
  expect(await pictureOf(samples)).toBe(before.samples);
  // An undo brings the removed weights back.
  await page.keyboard.press('Control+z');
  await expect.poll(() => pictureOf(surface)).toBe(before.surface);
  // A control: from the seed, G draws something else.
  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await expect.poll(() => pictureOf(samples)).not.toBe(before.samples);
});

test('an edit that breaks the graph leaves the last good one training, and says so', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await setTarget(page, 1_000_000);
  await play(page);
  await expectIterations(page, 20);
  await select(page, 'loss');
  await page.keyboard.press('Delete');
  const banner = page.getByRole('status').filter({ hasText: 'Training goes on with the last version' });
  await expect(banner).toBeVisible();
  const broken = await readIteration(page);
  await expectIterations(page, broken + 50);
  await page.keyboard.press('Control+z');
  await expect(banner).toBeHidden();
  await expectIterations(page, (await readIteration(page)) + 50);
  expect(await readIteration(page)).toBeGreaterThan(broken);
});

test('trained weights survive a reload', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await trainTo(page, 200);
  const samples = onCanvas(page, 'samples').locator('canvas');
  const surface = onCanvas(page, 'surface').locator('canvas');
  const before = { samples: await pictureOf(samples), surface: await pictureOf(surface) };
  await expectCheckpoint(page, 200);
  const hash = await checkpointHash(page);
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  expect(await readIteration(page)).toBe(200);
  await page.getByRole('button', { name: 'Resume training' }).click();
  await expect(status(page)).toHaveText(/target reached/);
  expect(await readIteration(page)).toBe(200);
  expect(await pictureOf(samples)).toBe(before.samples);
  expect(await pictureOf(surface)).toBe(before.surface);
  expect(await checkpointHash(page)).toBe(hash);
  await setTarget(page, 250);
  const seen = watchIterations(page);
  await playButton(page).click();
  await expect(status(page)).toHaveText(/target reached/);
  expect(Math.min(...(await seen()))).toBe(200);
  expect(await readIteration(page)).toBe(250);
});

test('a document with errors does not start, and shows them', async ({ page }) => {
  await openEditor(page);
  const game = readExample('gan-lab');
  const nodes = game.nodes.map((node) =>
    node.id === 'd-dense-2' ? { ...node, kind: 'conv2d', params: { filters: 8 } } : node,
  );
  await openDocument(page, { ...game, title: 'A convolution over points', nodes });
  await playButton(page).click();
  const dock = page.getByRole('region', { name: 'Training', exact: true });
  await expect(dock.getByRole('listitem').first()).toContainText(/\[?8\]?/);
  await expect(status(page)).toHaveText('not started');
});

test('a game that is too big for the machine asks first, with an estimate', async ({ page }) => {
  await openEditor(page);
  const big = withParams(readExample('gan-lab'), 'd-dense-2', { units: 6_000 });
  await openDocument(page, { ...withParams(big, 'd-dense-1', { units: 6_000 }), title: 'Too big' });
  await playButton(page).click();
  const dialog = page.getByRole('dialog', { name: 'This is a large game' });
  await expect(dialog).toContainText(/One iteration takes about [\d.]+ [GT]FLOP and [\d.]+ GB of memory/);
  await dialog.getByRole('button', { name: 'Not now' }).click();
  await expect(dialog).toBeHidden();
  await expect(status(page)).toHaveText('not started');
});
