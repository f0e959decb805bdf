/** What `drawMixture` draws, in Python. */
export const mixturePython = `def mixture(rng, rows, centres, sd, weights=None):
    """Gaussians around centres, of equal weight unless weights are given; labels say which, one-hot."""
    centres = np.asarray(centres, dtype=float)
    mode = rng.choice(len(centres), size=rows, p=weights)
    spread = np.broadcast_to(sd, centres.shape)[mode]
    x = centres[mode] + spread * rng.standard_normal((rows, centres.shape[1]))
    return {"x": x, "labels": np.eye(len(centres))[mode]}`;
