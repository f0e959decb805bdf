/** What `drawMixture` draws, in Python. */
export const mixturePython = `def mixture(rng, rows, centres, sd):
    """Gaussians of equal weight around centres; labels say which, one-hot."""
    centres = np.asarray(centres, dtype=float)
    mode = rng.integers(len(centres), size=rows)
    spread = np.broadcast_to(sd, centres.shape)[mode]
    x = centres[mode] + spread * rng.standard_normal((rows, centres.shape[1]))
    return {"x": x, "labels": np.eye(len(centres))[mode]}`;
