import { expect, test } from './fixtures/page';

test('/schema/v1.json is the JSON Schema of the document', async ({ request }) => {
  const response = await request.get('/schema/v1.json');
  expect(response.status()).toBe(200);
  expect(response.headers()['content-type']).toMatch(/^application\/(schema\+)?json/);
  const schema = await response.json();
  expect(Object.keys(schema.properties).sort()).toEqual(
    ['about', 'format', 'networks', 'nodes', 'settings', 'title', 'version', 'wires'].sort(),
  );
  expect(schema.properties.version.const).toBe(1);
  expect(schema.additionalProperties).toBe(false);
});
