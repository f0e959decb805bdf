import { expect, test } from './fixtures/page';

/** The newest is made from the document's own schema; older ones are kept as they were. */
const properties = ['about', 'format', 'networks', 'nodes', 'settings', 'title', 'version', 'wires'];

for (const [version, own] of [
  [1, []],
  [2, ['blocks']],
] as const)
  test(`/schema/v${version}.json is the JSON Schema of the document`, async ({ request }) => {
    const response = await request.get(`/schema/v${version}.json`);
    expect(response.status()).toBe(200);
    expect(response.headers()['content-type']).toMatch(/^application\/(schema\+)?json/);
    const schema = await response.json();
    expect(Object.keys(schema.properties).sort()).toEqual([...properties, ...own].sort());
    expect(schema.properties.version.const).toBe(version);
    expect(schema.additionalProperties).toBe(false);
  });
