import { expect, test } from 'vitest';
import { fileNameOf } from './local-files';

test('file names are plain', () => {
  expect(fileNameOf('Ring of eight Gaussians')).toBe('ring-of-eight-gaussians.json');
  expect(fileNameOf('Δ/..\\')).toBe('untitled.json');
});
