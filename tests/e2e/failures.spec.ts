import { dropFile, openDocument, openEditor, readExample, titleField, withParams } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { playButton, readIteration, status, trainTo } from './fixtures/training';

test('a failure is said when it is found, explained with its numbers, and cured by one click', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openEditor(page);
  const { nodes, settings, ...ring } = readExample('ring');
  const starved = {
    ...ring,
    title: 'Starved',
    settings: { ...settings, batchSize: 4 },
    nodes: nodes.map((node) => (node.id === 'g-act-1' ? { ...node, kind: 'batch-norm' } : node)),
  };
  await dropFile(page, 'starved.json', JSON.stringify(starved));
  await expect(titleField(page)).toHaveValue('Starved');
  await playButton(page).click();
  const notice = page.getByText(/^Batch norm of too few examples, iteration/);
  await notice.first().waitFor();
  await page.getByRole('button', { name: 'Explain' }).click();
  const failure = page.getByRole('listitem').filter({ hasText: 'Batch norm of too few examples' });
  await expect(failure.first()).toContainText('4 values: the variance is off by 82 %');
  await page
    .getByRole('region', { name: 'Problems of the graph' })
    .getByRole('button', { name: 'Batches of 64' })
    .click();
  const explained = page.getByText('the variance is off by');
  await expect(explained).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(explained.first()).toBeVisible();
});

test('a loss that is not finite is one mark and one item, and the run goes on from before it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openEditor(page);
  const gan = readExample('gan-lab');
  const fast = { learningRate: 2, momentum: 0.9, steps: 1 };
  const wild = [
    ['sgd-d', fast],
    ['sgd-g', fast],
    ['loss', { scores: 'logits' }],
  ] as const;
  const { nodes, ...rest } = wild.reduce((graph, [id, params]) => withParams(graph, id, params), gan);
  // Nothing holds the weights.
  const isBounded = (kind: string) => ['sigmoid', 'tanh', 'relu'].includes(kind);
  await openDocument(page, {
    ...rest,
    title: 'Wild',
    nodes: nodes.map((node) => (isBounded(node.kind) ? { ...node, state: 'bypassed' } : node)),
  });
  await page.getByRole('button', { name: 'One iteration' }).click();
  await expect(status(page)).toHaveText('paused');
  await playButton(page).click();
  await page.getByRole('button', { name: 'Explain' }).click();
  const problems = page.getByRole('region', { name: 'Problems of the graph' });
  await expect(problems.getByText(/The loss [dg] became -?(NaN|Infinity) in iteration/)).toHaveCount(1);
  await page.getByRole('button', { name: 'What happened' }).click();
  await expect(page.getByRole('menuitem', { name: /became -?(NaN|Infinity)/ })).toHaveCount(1);
  await page.keyboard.press('Escape');

  await problems.getByRole('button', { name: 'Go on from 0, before it' }).click();
  await expect(status(page)).toHaveText('paused');
  expect(await readIteration(page)).toBe(0);
  await expect(problems.getByText('The run went back to iteration 0.')).toBeVisible();
  await problems.getByRole('button', { name: 'All rates a hundredth, gradients clipped at norm 1' }).click();
  await expect(problems.getByText('became')).toHaveCount(0);
  await trainTo(page, 100);
});
