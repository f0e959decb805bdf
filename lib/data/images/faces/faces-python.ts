import { pythonList } from '../../python';
import { hairs, skins } from './face';

/** What `faces` draws, in Python: the same parts, from back to front. */
export const facesPython = `HAIRS = np.array(${pythonList(hairs.map(({ channels }) => channels))})
SKINS = np.array(${pythonList(skins.map(({ channels }) => channels))})


def draw_face(size, glasses, smile, hair, skin, x, y, width, ground):
    """One face: its parts by the distances to their edges, in 32nds of the side."""
    unit, line = size / 32, (np.arange(size) + 0.5 - size / 2) * 32 / size
    u, v = line[None, :] - x, line[:, None] - y
    image = np.full((size, size, 3), ground)

    def ellipse(middle, a, b):
        return (np.hypot(u / (a * width), (v - middle) / b) - 1) * min(a * width, b)

    eyes, ink = np.hypot(np.abs(u) - 3.4, v + 0.5), [-0.95, -0.95, -0.9]
    across = np.minimum(np.abs(u), 3.2)
    mouth = np.hypot(np.maximum(0, np.abs(u) - 3.2), v - 6 - smile * (1.3 - 2.2 * (across / 3.2) ** 2))
    parts = [(HAIRS[hair], ellipse(-2, 10.5, 12)), (SKINS[skin], ellipse(1, 8.5, 10.5)),
             (HAIRS[hair], ellipse(-8.5, 8, 4)), (ink, eyes - 1.1), ([0.3, -0.8, -0.7], mouth - 0.55)]
    if glasses:
        parts += [(ink, np.abs(eyes - 2.7) - 0.45), (ink, np.maximum(np.abs(u) - 0.7, np.abs(v + 0.5) - 0.45))]
    for colour, distance in parts:
        cover = np.clip(0.5 - unit * distance, 0, 1)[..., None]
        image = image * (1 - cover) + np.array(colour) * cover
    return image


def draw_faces(rng, rows, size, jitter):
    hot = np.stack([rng.integers(count, size=rows) for count in (2, 2, 3, 2)], 1)
    x, y = jitter * rng.uniform(-1.5, 1.5, rows), jitter * rng.uniform(-1, 1, rows)
    width, ground = rng.uniform(0.92, 1.08, rows), rng.uniform(-0.6, 0, rows)
    return np.stack([draw_face(size, *hot[i], x[i], y[i], width[i], ground[i]) for i in range(rows)]), hot`;
