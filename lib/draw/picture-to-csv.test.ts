import { expect, it } from 'vitest';
import { pictureToCsv } from './picture-to-csv';

it('writes points and the surface by series', () => {
  const csv = pictureToCsv({
    type: 'points',
    bounds: [
      [0, 4],
      [0, 2],
    ],
    real: Float32Array.of(1, 2),
    fake: Float32Array.of(0.1, Number.NaN),
    surface: { width: 2, height: 1, values: Float32Array.of(5, 6) },
  });
  expect(csv).toBe('series,x,y,value\nreal,1,2,\nfake,0.1,,\nsurface,1,1,5\nsurface,3,1,6\n');
});

it('writes densities by place', () => {
  const csv = pictureToCsv({
    type: 'densities',
    range: [0, 2],
    real: Float32Array.of(0, 1, 0),
    curve: Float32Array.of(3, 4, 5),
  });
  expect(csv).toBe('x,real,fake,function\n0,0,,3\n1,1,,4\n2,0,,5\n');
});

it('writes values with labels quoted, none of which a spreadsheet runs', () => {
  const rows = ['a, "b"', '=1+1', 'D(x)'].map((label) => ({ label, mean: 1.5, sd: 0 }));
  expect(pictureToCsv({ type: 'values', rows, histograms: [] })).toBe(
    'label,mean,sd\n"a, ""b""",1.5,0\n\'=1+1,1.5,0\nD(x),1.5,0\n',
  );
});

it('writes no pictures', () => {
  expect(pictureToCsv({ type: 'empty', message: 'x' })).toBeUndefined();
  expect(pictureToCsv({ type: 'images' })).toBeUndefined();
});
