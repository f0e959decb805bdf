import { dropFile, openEditor, readExample, titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { playButton } from './fixtures/training';

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
