/** The loop around the game, and the command line. */
export const train = `def device_name():
    if DEVICE.type == "cuda":
        return f"{torch.cuda.get_device_name(DEVICE)} (cuda)"
    return "Apple's GPU (mps)" if DEVICE.type == "mps" else f"the CPU ({torch.get_num_threads()} threads)"


class Log:
    """Losses and metrics of a run as files, line by line; what a resumed run makes anew is cut off first."""

    def __init__(self, out, done, events):
        self.events = events
        self.losses, self.metrics, self.rows = out / "losses.csv", out / "metrics.ndjson", []
        for path in (self.losses, self.metrics):
            lines = path.read_text().splitlines(True) if done and path.exists() else []
            made = (re.match(r'(?:{"iteration": )?(\\d+)', line) for line in lines)
            path.write_text("".join(line for line, at in zip(lines, made) if at is None or int(at[1]) <= done))
        if self.losses.stat().st_size == 0:
            self.losses.write_text(",".join(["iteration", *PLAYERS]) + "\\n")

    def note(self, losses):
        """The mean losses of one iteration, by player: read later, so that a GPU is not waited for."""
        self.rows.append((clock.iteration + 1, losses))

    def flush(self):
        """Writes what was noted; the mean of each player's losses since the last time."""
        rows = [(made, {player: loss.item() for player, loss in losses.items()}) for made, losses in self.rows]
        with open(self.losses, "a") as file:
            for made, losses in rows:
                file.write(",".join([str(made), *(str(losses.get(player, "")) for player in PLAYERS)]) + "\\n")
        for made, losses in rows if self.events else []:
            self.events.numbers(made, {f"loss/{player}": loss for player, loss in losses.items()})
        self.rows = []
        every = {player: [losses[player] for _, losses in rows if player in losses] for player in PLAYERS}
        return {player: sum(values) / len(values) for player, values in every.items() if values}

    def measure(self, names):
        if not names:
            return
        made, found = clock.iteration + 1, measure(names)
        with open(self.metrics, "a") as file:
            file.write(json.dumps({"iteration": made, **found}) + "\\n")
        for metric, results in found.items() if self.events else []:
            self.events.numbers(made, {f"{metric}/{name}": value for name, value in results.items()})


def mean_losses(updates):
    """By player, over the updates of an iteration and over all ranks."""
    found = {}
    for losses in updates:
        for player, loss in losses.items():
            found.setdefault(player, []).append(loss.detach().clone())
    means = {player: torch.stack(values).mean() for player, values in found.items()}
    return dict(zip(means, averaged(list(means.values()))))


def train(iterations, out, done=0, events_folder=None):
    clock.target = iterations
    out.mkdir(parents=True, exist_ok=True)
    if RANK == 0:
        print(f"{iterations - done} iterations on {device_name()}{f' x {WORLD}' if WORLD > 1 else ''}.")
        log = Log(out, done, Events(events_folder) if events_folder else None)
    for clock.iteration in range(done, iterations):
        updates = []
        for losses in iterate():
            clock.updates += 1
            updates.append(losses)
        losses, made = mean_losses(updates), clock.iteration + 1
        if RANK == 0:
            log.note(losses)
            log.measure([name for name, (_, every, *_) in METRICS.items() if made % every == 0 or made == iterations])
        if made % max(1, iterations // 20) == 0 or made == iterations:
            means = log.flush() if RANK == 0 else {player: loss.item() for player, loss in losses.items()}
            if not all(math.isfinite(mean) for mean in means.values()):
                raise SystemExit(f"A loss is no longer a number: {means}")
            save(out / "weights.safetensors")
            save_run(out / "run.pt")
            if RANK == 0:
                print(f"{made:>7}", *(f"{player} {mean:.4f}" for player, mean in means.items()), sep="  ")
                write_samples(out, log.events, made)
    if iterations == done:
        save(out / "weights.safetensors")
        if RANK == 0:
            write_samples(out)`;

export const main = (hasSlow: boolean): string => `def set_number(given):
    """\`NODE.PARAM=VALUE\`: a number in the place of the graph's, for the whole run."""
    name, _, text = given.partition("=")
    if name not in SETTABLE:
        raise SystemExit(f"--set {given}: {name} is no number that this file can change. It can change {', '.join(SETTABLE)}.")
    try:
        SET[name] = float(text)
    except ValueError:
        SET[name] = math.nan
    if not math.isfinite(SET[name]):
        raise SystemExit(f'--set {given}: "{text}" is no number.')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iterations", type=int, default=ITERATIONS)
    parser.add_argument("--seed", type=int, default=SEED, help="of weights, data and noise")
    parser.add_argument("--set", action="append", default=[], metavar="NODE.PARAM=VALUE", help="another number than the graph's")
    parser.add_argument("--weights", default=WEIGHTS, help="start from these weights (.safetensors)")
    parser.add_argument("--data", action="append", default=[], metavar="NODE=FILE", help="rows of your own (.npz, .npy); FILE alone: one that the game was made with")
    parser.add_argument("--resume", metavar="DIR", help="go on from what a run wrote to its --out")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("out"), help="where weights, samples, losses and metrics go")
    parser.add_argument("--tensorboard", type=pathlib.Path, metavar="DIR", help="losses, metrics and pictures as event files for TensorBoard")
    parser.add_argument("--device", choices=["cuda", "mps", "cpu"], help="where to run; the best that is there if left out")
    parser.add_argument("--replay", metavar="FILE", help="compare updates with recorded ones (.npz)")
    parser.add_argument("--updates", type=int, help="with --replay: only the first so many")
    parser.add_argument("--chain", action="store_true", help="with --replay: start from the record once, then go on")
    args = parser.parse_args()
    for given in args.set:
        set_number(given)
    for given in args.data:
        node, _, path = given.partition("=")
        if node not in SOURCES and os.path.exists(given):
            GIVEN.append(given)
            continue
        if node not in SOURCES:
            raise SystemExit(f"--data {given}: the sources are {', '.join(SOURCES)}.")
        loaded = np.load(path)
        FILES[node] = {"x": loaded} if isinstance(loaded, np.ndarray) else dict(loaded)
    if args.weights:
        load(args.weights)
    broadcast()
${
  hasSlow
    ? `    for held in SLOW.values():
        held.start()
`
    : ''
}    if args.replay:
        raise SystemExit(replay(args.replay, args.updates, args.chain))
    done = resume(args.resume, args.iterations) if args.resume else 0
    train(args.iterations, args.out, done, args.tensorboard)


if __name__ == "__main__":
    try:
        main()
    finally:
        if WORLD > 1:
            dist.destroy_process_group()`;
