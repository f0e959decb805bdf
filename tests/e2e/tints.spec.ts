import { onCanvas, openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { play } from './fixtures/training';

test('layers are coloured by how they learn, with their numbers and a legend, while they do', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'ring');
  const legend = page.getByRole('region', { name: 'Colours of layers' });
  await expect(legend).toBeHidden();
  await play(page);
  await page.getByRole('button', { name: 'Colour layers by how they learn, or not' }).click();
  await expect(legend).toBeVisible();
  const number = onCanvas(page, 'd-dense-1').getByTitle('Gradient norm');
  await expect(number).toHaveText(/^[\d.]+(e-?\d+)?$/);
  const first = await number.textContent();
  await expect(number).not.toHaveText(first ?? '');
  await expect(onCanvas(page, 'g-act-1').getByTitle('Gradient norm')).toBeHidden();

  await legend.getByRole('combobox', { name: 'Colour layers by' }).click();
  await page.getByRole('option', { name: 'Dead units' }).click();
  await expect(onCanvas(page, 'g-act-1').getByTitle('Dead units')).toHaveText(/^[\d.]+ %$/);
  await expect(onCanvas(page, 'd-dense-1').getByTitle('Dead units')).toBeHidden();
  await legend.getByRole('button', { name: 'No colours of layers' }).click();
  await expect(legend).toBeHidden();
  await expect(page.getByTitle('Dead units')).toHaveCount(0);
});
