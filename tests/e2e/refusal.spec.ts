import { openDocument, openEditor, readExample, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, playButton, status } from './fixtures/training';

test('a game that does not fit in memory is refused before it starts, with the estimate and a batch that fits', async ({
  page,
}) => {
  await openEditor(page);
  const ring = readExample('ring');
  const wide = ring.nodes.map((node) =>
    node.kind === 'dense' && node.params?.units !== 2 && node.params?.units !== 1
      ? { ...node, params: { ...node.params, units: 2048 } }
      : node,
  );
  const settings = { ...ring.settings, batchSize: 65_536 };
  await openDocument(page, { ...ring, title: 'Too large', nodes: wide, settings });
  await playButton(page).click();
  await expect(status(page)).toHaveText('not started');
  const problem = page.getByRole('listitem').filter({ hasText: 'of memory' });
  await expect(problem).toContainText(/would take about [\d.]+ GB of memory; a browser has at most 4\.3 GB/);
  const hint = /A batch of (\d+) would fit, instead of 65536/.exec((await problem.textContent()) ?? '');
  const fitting = Number(hint?.[1]);
  expect(fitting).toBeGreaterThan(1_000);
  expect((await savedGraph(page)).settings.batchSize).toBe(65_536);

  // With a batch far below, the same game trains.
  await openDocument(page, {
    ...ring,
    title: 'Small',
    nodes: wide,
    settings: { ...settings, batchSize: 16 },
  });
  await playButton(page).click();
  await expectIterations(page, 2, 60_000);
});
