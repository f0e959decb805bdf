import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { length } from '../fields';
import { pythonExpression, pythonSource } from '../python';
import { defineSource } from '../source';

/** Uniform on the squares of one colour; the lowest left one is of that colour. */
export const checkerboard = defineSource({
  id: 'checkerboard',
  title: 'Checkerboard',
  summary: 'Uniform on every other square of a board.',
  family: 'Two dimensions',
  options: z.strictObject({
    columns: param(z.int().min(2).max(20).default(4), {
      label: 'Columns',
      help: 'Squares along each side.',
      step: 1,
    }),
    side: length(4, 'Side', 'Of the board, whose centre is the origin.'),
  }),
  ports: () => ({ x: [2] }),
  draw({ columns, side }, rows, stream) {
    const x = new Float32Array(rows * 2);
    const squares = Math.ceil((columns * columns) / 2);
    const cell = side / columns;
    for (let i = 0; i < x.length; i += 2) {
      const [column, row] = squareAt(stream.integer(squares), columns);
      x[i] = (column + stream.uniform()) * cell - side / 2;
      x[i + 1] = (row + stream.uniform()) * cell - side / 2;
    }
    return { x };
  },
  truth: ({ columns, side }) => ({
    density([x = 0, y = 0]) {
      const column = Math.floor(((x + side / 2) / side) * columns);
      const row = Math.floor(((y + side / 2) / side) * columns);
      const inside = column >= 0 && row >= 0 && column < columns && row < columns;
      if (!inside || (column + row) % 2 !== 0) return 0;
      return 1 / (Math.ceil((columns * columns) / 2) * (side / columns) ** 2);
    },
    python: {
      density: pythonExpression(`(lambda points: board_density(points, ${columns}, ${side}))`, boardDensity),
    },
  }),
  python: ({ columns, side }) =>
    pythonSource(`squares = np.array([(i, j) for j in range(${columns}) for i in range(${columns}) if (i + j) % 2 == 0])
corner = squares[rng.integers(len(squares), size=rows)]
return {"x": (corner + rng.random((rows, 2))) * ${side / columns} - ${side / 2}}`),
});

const boardDensity = `def board_density(points, columns, side):
    """Of a checkerboard around the origin."""
    place = np.floor((points + side / 2) / side * columns)
    inside = ((place >= 0) & (place < columns)).all(1) & (place.sum(1) % 2 == 0)
    return inside / (math.ceil(columns**2 / 2) * (side / columns) ** 2)`;

/** The k-th square with column + row even, row by row. */
function squareAt(k: number, columns: number): [column: number, row: number] {
  const even = Math.ceil(columns / 2);
  const pair = Math.floor(k / columns);
  const rest = k % columns;
  return rest < even ? [2 * rest, 2 * pair] : [2 * (rest - even) + 1, 2 * pair + 1];
}
