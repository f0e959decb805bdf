/** How metrics are read: values on noise that is the same each time. */
export const measuring = (
  takesSlopes: boolean,
  isNoted: boolean,
  runsNetworks: boolean,
): string => `def channels_last(values):
    """A tensor [rows, C, ...] as a NumPy array [rows, ..., C]; a number as an array of one."""
    values = values.detach().movedim(1, -1) if values.dim() > 2 else values.detach()
    return values.cpu().numpy() if values.dim() else values.cpu().numpy().reshape(1)


def read_rows(read, rows):
    """What a metric reads, by port: at most 512 rows at a time. Nothing that the game keeps changes."""
    parts = []
    for index, start in enumerate(range(0, rows, 512)):
        with ${[...(takesSlopes ? [] : ['torch.no_grad()']), ...(isNoted ? ['unnoted()'] : [])].join(', ') || 'contextlib.nullcontext()'}:
            found = read(Batch(index, min(512, rows - start), purpose=1))
        parts.append({port: [channels_last(each) for each in every] for port, every in found.items()})
    return {
        port: [np.concatenate([part[port][i] for part in parts]) for i in range(len(every))]
        for port, every in parts[0].items()
    }


${runsNetworks ? RUN_ROWS : ''}def measure(names):
    """The results of these metrics, by metric and name."""
    found = {}
    for name in names:
        rows, _, read, metric = METRICS[name]
        results = metric(read_rows(read, rows))
        found[name] = {key: float(value) for key, value in results.items() if np.isfinite(value)}
    return found`;

const RUN_ROWS = `def run_rows(network, rows):
    """A network on NumPy rows, channels last, a few at a time."""
    with torch.no_grad():
        parts = [channels_last(network(channels_first(rows[i : i + 4096]))) for i in range(0, len(rows), 4096)]
    return np.concatenate(parts)


`;
