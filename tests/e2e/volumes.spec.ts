import { dragBy } from './fixtures/edit';
import { onCanvas, openDocument, openEditor, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { pictureOf, trainTo } from './fixtures/training';

const document = {
  format: 'ganvas',
  version: 2,
  title: 'Solids',
  about: '',
  settings: { seed: 1, batchSize: 4, iterations: 1 },
  networks: [{ id: 'N', name: 'Net', color: 'violet', at: [0, 260], size: [620, 150] }],
  nodes: [
    { id: 'data', kind: 'dataset', at: [0, 0], params: { source: 'solids', options: { size: 8 } } },
    { id: 'call', kind: 'call', at: [200, 120], params: { network: 'N' } },
    { id: 'miss', kind: 'mean-squared-error', at: [360, 120] },
    { id: 'adam', kind: 'adam', at: [520, 120] },
    { id: 'solids', kind: 'view-samples', at: [240, -120], size: [280, 180] },
    { id: 'in', kind: 'network-input', network: 'N', at: [20, 60], params: { name: 'x' } },
    { id: 'flat', kind: 'flatten', network: 'N', at: [160, 60] },
    { id: 'dense', kind: 'dense', network: 'N', at: [300, 60], params: { units: 4 } },
    { id: 'out', kind: 'network-output', network: 'N', at: [440, 60], params: { name: 'y' } },
  ],
  wires: [
    ['data.x', 'solids.real'],
    ['data.x', 'call.x'],
    ['call.y', 'miss.a'],
    ['data.labels', 'miss.b'],
    ['miss.out', 'adam.loss'],
    ['N.theta', 'adam.theta'],
    ['in.out', 'flat.in'],
    ['flat.out', 'dense.in'],
    ['dense.out', 'out.in'],
  ],
};

test('volumes are turned by hand and by keys, and their card stays where it is', async ({ page }) => {
  await openEditor(page);
  await openDocument(page, document);
  await trainTo(page, 1);
  const canvas = onCanvas(page, 'solids').locator('canvas');
  await expect(canvas).toHaveAttribute('title', /turn/);
  const seen = [await pictureOf(canvas)];
  await dragBy(page, canvas, 30, 0);
  seen.push(await pictureOf(canvas));
  await canvas.focus();
  await page.keyboard.press('ArrowUp');
  seen.push(await pictureOf(canvas));
  expect(new Set(seen).size).toBe(3);
  await page.keyboard.press('ArrowDown');
  expect(await pictureOf(canvas)).toBe(seen[1]);
  const view = (await savedGraph(page)).nodes.find(({ id }) => id === 'solids');
  expect(view?.at).toEqual([240, -120]);
});

const generated = {
  ...document,
  networks: [{ id: 'G', name: 'Net', color: 'violet', at: [0, 260], size: [620, 150] }],
  nodes: [
    { id: 'data', kind: 'dataset', at: [0, 0], params: { source: 'solids', options: { size: 8 } } },
    { id: 'z', kind: 'latent', at: [0, 120], params: { shape: [4] } },
    { id: 'fake', kind: 'call', at: [200, 120], params: { network: 'G' } },
    { id: 'miss', kind: 'mean-squared-error', at: [360, 120] },
    { id: 'adam', kind: 'adam', at: [520, 120] },
    { id: 'in', kind: 'network-input', network: 'G', at: [20, 60], params: { name: 'z' } },
    { id: 'dense', kind: 'dense', network: 'G', at: [160, 60], params: { units: 512 } },
    { id: 'volume', kind: 'reshape', network: 'G', at: [300, 60], params: { shape: [8, 8, 8, 1] } },
    { id: 'out', kind: 'network-output', network: 'G', at: [440, 60], params: { name: 'solid' } },
  ],
  wires: [
    ['z.out', 'fake.z'],
    ['fake.solid', 'miss.a'],
    ['data.x', 'miss.b'],
    ['miss.out', 'adam.loss'],
    ['G.theta', 'adam.theta'],
    ['in.out', 'dense.in'],
    ['dense.out', 'volume.in'],
    ['volume.out', 'out.in'],
  ],
};

test('the latent space of solids shows solids, in the colours of the page', async ({ page }) => {
  await openEditor(page);
  await openDocument(page, generated);
  await trainTo(page, 1);
  await page.getByRole('button', { name: 'Latent', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Latent space of the generator' });
  const tile = panel.getByRole('img', { name: 'The sample', exact: true });
  // Half of the voxels of an untrained G are there; orange, as fakes are.
  const orange = () =>
    tile.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
        0,
        0,
        width,
        height,
      );
      const isOrange = (i: number) => (data[i] as number) - (data[i + 2] as number) > 60;
      return (
        Array.from({ length: width * height }, (_, i) => 4 * i).filter(isOrange).length / (width * height)
      );
    });
  await expect.poll(orange).toBeGreaterThan(0.15);
});
