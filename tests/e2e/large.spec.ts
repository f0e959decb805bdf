import type { Page } from 'playwright/test';
import { makeGraph } from '@/bench/canvas/graph';
import { endsOf, type Graph } from '@/lib/graph/schema';
import { onCanvas, openDocument, openEditor, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { countRenders, rendersOf } from './fixtures/renders';
import { report } from './fixtures/training';

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
  report('1,000 nodes shown after', Date.now() - start);
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

const tenThousand = makeGraph(10_000);
const field = tenThousand.nodes.filter(({ kind, network }) => kind === 'call' && network === undefined);
const middle = field[Math.floor(field.length / 2) + 25];
if (!middle) throw new Error('no call in the field');

/** Where a point of the document is on the screen. */
const onScreen = (page: Page, x: number, y: number) =>
  page.evaluate(
    ([px, py]) => {
      const box = document.querySelector('.react-flow')?.getBoundingClientRect();
      const view = document.querySelector<HTMLElement>('.react-flow__viewport');
      const { a, d, e, f } = new DOMMatrix(view?.style.transform);
      return [(box?.x ?? 0) + e + a * px, (box?.y ?? 0) + f + d * py] as const;
    },
    [x, y] as const,
  );

async function turnWheel(page: Page, x: number, y: number, until: number): Promise<void> {
  for (let turn = 0; turn < 80; turn++) {
    const zoom = await page.evaluate(
      () => new DOMMatrix(document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform).a,
    );
    if (zoom > until) return;
    await page.mouse.move(...(await onScreen(page, x, y)));
    await page.mouse.wheel(0, -150);
    await page.waitForTimeout(30);
  }
  throw new Error('never near');
}

const elements = (page: Page) => page.locator('.react-flow__node, .react-flow__edge').count();

test('10,000 nodes are drawn from afar and are elements near; they are chosen and moved either way', async ({
  page,
}) => {
  const { id } = middle;
  const [x, y] = middle.at;
  await countRenders(page);
  await openEditor(page);
  await openDocument(page, tenThousand);
  await expect(page.locator('canvas[data-drawn]')).toHaveAttribute('data-drawn', '10000');
  expect(await elements(page)).toBeLessThanOrEqual(tenThousand.networks.length);

  // From afar: a press selects, a drag moves, arrow keys walk.
  const [left, top] = await onScreen(page, x + 45, y + 20);
  await page.mouse.move(left, top);
  await page.mouse.down();
  for (let i = 1; i <= 10; i++) await page.mouse.move(left + 3 * i, top);
  await page.mouse.up();
  // A pixel is some forty units here, so the card is near the one that was aimed at.
  const inspected = page.getByRole('complementary', { name: 'Inspector' }).locator('b').last();
  await expect(inspected).toHaveText(/^c\d+$/);
  const chosenId = await inspected.textContent();
  const chosen = field.find((node) => node.id === chosenId);
  const moved = (await savedGraph(page)).nodes.find((node) => node.id === chosen?.id)?.at;
  expect(moved?.[0]).toBeGreaterThan((chosen?.at[0] ?? Number.NaN) + 100);
  await page.keyboard.press('Control+z');
  await page.getByRole('application', { name: /10000 nodes/ }).focus();
  await page.keyboard.press('ArrowRight');
  const next = field[field.findIndex((node) => node.id === chosen?.id) + 1];
  await expect(inspected).toHaveText(next?.id ?? '');

  // Near: elements, no more than what is seen.
  await turnWheel(page, x, y, 0.9);
  await expect(onCanvas(page, id)).toBeVisible();
  await expect(page.locator('canvas[data-drawn]')).toHaveCount(0);
  expect(await elements(page)).toBeLessThan(600);

  // A drag renders the card that is dragged, and its wires.
  const [cardLeft, cardTop] = await onScreen(page, x + 45, y + 10);
  await page.mouse.move(cardLeft, cardTop);
  await page.mouse.down();
  await page.mouse.move(cardLeft + 5, cardTop);
  const renders = await rendersOf(page, async () => {
    for (let i = 1; i <= 10; i++) await page.mouse.move(cardLeft + 5 + 2 * i, cardTop + i);
  });
  await page.mouse.up();
  const wires = tenThousand.wires.filter((wire) => endsOf(wire).some((end) => end.startsWith(`${id}.`)));
  expect(wires).toHaveLength(4);
  const may = new Set([id, ...wires.map((ends) => ends.join('→'))]);
  expect([...renders.keys()].filter((key) => !may.has(key))).toEqual([]);
  expect(renders.get(wires[0]?.join('→') ?? '') ?? 0).toBeGreaterThanOrEqual(5);
});
