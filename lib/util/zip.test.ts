import { zipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { zipFiles } from './zip';

afterEach(() => {
  vi.unstubAllEnvs();
});

const zones = ['UTC', 'America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Kiritimati'];

test('a zip has equal bytes in every time zone', () => {
  const files = { 'a/b.bin': Uint8Array.of(1, 2, 3) };
  const zips = zones.map((zone) => {
    vi.stubEnv('TZ', zone);
    return zipFiles(files, { level: 0 });
  });
  for (const zip of zips) expect(zip).toEqual(zips[0]);
  // So the zone was set.
  expect(() => {
    vi.stubEnv('TZ', 'America/Los_Angeles');
    zipSync(files, { mtime: '1980-01-01' });
  }).toThrow('1980');
});
