import { pythonList } from '../../python';
import { colours } from '../colours';

/** What the sources of shapes draw, in Python: the same distances, styles and places. */
export const shapesPython = `COLOURS = np.array(${pythonList(colours.map(({ channels }) => channels))})


def shape_ink(size, form, style, radius, x, y):
    """Coverage of every pixel by a shape: disc, square, triangle, cross; filled, outlined, striped, checked."""
    dx, dy = np.arange(size) + 0.5 - x, np.arange(size)[:, None] + 0.5 - y
    u, v, pen, stripe = dx / radius, dy / radius, 1.5 * size / 32, size / 16
    distance = radius * [
        np.hypot(u, v) - 0.95,
        np.maximum(np.abs(u), np.abs(v)) - 0.82,
        np.maximum(v, np.sqrt(3) / 2 * np.abs(u) - v / 2) - 0.6,
        np.minimum(np.maximum(np.abs(u) - 0.42, np.abs(v) - 0.93), np.maximum(np.abs(u) - 0.93, np.abs(v) - 0.42)),
    ][form]
    inside = np.clip(0.5 - distance, 0, 1)
    stripes, squares = np.floor(dy / stripe), np.floor(dy / stripe) + np.floor(dx / stripe)
    return inside * [1, 1 - np.clip(0.5 - distance - pen, 0, 1), 1 - stripes % 2, 1 - squares % 2][style]


def draw_scenes(rng, rows, size, styles, colours):
    """Rows of colour, form, style, size, column, row, radius, x, y."""
    radii = np.round(np.array([[6, 7], [9, 10]]) * size / 32 + 1e-9).astype(int)
    style, colour = np.array(styles)[rng.integers(len(styles), size=rows)], np.array(colours)[rng.integers(len(colours), size=rows)]
    form, large, column, row = rng.integers(4, size=rows), *rng.integers(2, size=(3, rows))
    radius, middle = radii[large, rng.integers(2, size=rows)], size // 2
    away, apart = 2 + rng.integers(np.maximum(1, middle - 2 - radius), size=(2, rows))
    x, y = middle + np.where(column == 0, -away, away), middle + np.where(row == 0, -apart, apart)
    return np.stack([colour, form, style, large, column, row, radius, x, y], 1)


def draw_shapes(rng, rows, size, styles, colours):
    scenes = draw_scenes(rng, rows, size, styles, colours)
    ink = np.stack([shape_ink(size, form, style, radius, x, y) for _, form, style, *_, radius, x, y in scenes])
    return ink[..., None] * (COLOURS[scenes[:, 0]][:, None, None] + 1) - 1, scenes`;
