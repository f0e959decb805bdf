import type { Graph } from '@/lib/graph/schema';
import { openDocument, openEditor, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { tell } from './fixtures/training';

const NETWORKS = 10;
const LAYERS = 100;

/** Ten networks of a hundred nodes each, wired in chains: 1,000 nodes, 990 wires. */
function makeLarge(): Graph {
  const ids = Array.from({ length: NETWORKS }, (_, i) => `n${i}`);
  const layer = (network: string, i: number) => ({
    id: `${network}-${i}`,
    network,
    at: [20 + 120 * (i % 25), 50 + 70 * Math.floor(i / 25)] as [number, number],
    ...(i === 0 && { kind: 'network-input', params: { name: 'x', shape: [2] } }),
    ...(i === LAYERS - 1 && { kind: 'network-output', params: { name: 'y' } }),
    ...(i > 0 && i < LAYERS - 1 && (i % 2 ? { kind: 'dense', params: { units: 4 } } : { kind: 'relu' })),
  });
  return {
    format: 'ganvas',
    version: 1,
    title: 'A thousand nodes',
    about: '',
    settings: { seed: 1, batchSize: 64, iterations: 5000, update: 'alternating' },
    networks: ids.map((id, i) => ({
      id,
      name: `Network ${i}`,
      color: 'violet',
      at: [0, 360 * i],
      size: [3_040, 340],
    })),
    nodes: ids.flatMap((id) => Array.from({ length: LAYERS }, (_, i) => layer(id, i))),
    wires: ids.flatMap((id) =>
      Array.from({ length: LAYERS - 1 }, (_, i) => [`${id}-${i}.out`, `${id}-${i + 1}.in`]),
    ),
  } as unknown as Graph;
}

test('a document of 1,000 nodes opens, pans, zooms and is edited without an error', async ({ page }) => {
  await openEditor(page);
  const large = makeLarge();
  const start = Date.now();
  await openDocument(page, large);
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  tell('1,000 nodes shown after', Date.now() - start);
  const canvas = page.locator('.react-flow__pane');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no canvas');
  const [x, y] = [box.x + box.width / 2, box.y + box.height - 12];
  const viewport = () => page.locator('.react-flow__viewport').getAttribute('style');
  const before = await viewport();
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 30; i++) await page.mouse.move(x - 10 * i, y - 8 * i);
  await page.mouse.up();
  expect(await viewport()).not.toBe(before);
  for (let i = 0; i < 10; i++) await page.mouse.wheel(0, -200);
  await page.keyboard.press('1');
  await expect(page.locator('[data-node]').first()).toBeAttached();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  expect((await savedGraph(page)).nodes).toHaveLength(NETWORKS * LAYERS);
});
