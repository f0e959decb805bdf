/** The loop around the game, and the command line. */
export const train = `def train(iterations, out):
    clock.target = iterations
    recent = {}
    for clock.iteration in range(iterations):
        for losses in iterate():
            clock.updates += 1
            for player, loss in losses.items():
                value = loss.detach().clone()
                if WORLD > 1:
                    dist.all_reduce(value)
                    value /= WORLD
                recent.setdefault(player, []).append(value)
        if (clock.iteration + 1) % max(1, iterations // 20) == 0:
            means = {player: torch.stack(values).mean().item() for player, values in recent.items()}
            recent = {}
            if not all(math.isfinite(mean) for mean in means.values()):
                raise SystemExit(f"A loss is no longer a number: {means}")
            if RANK == 0:
                print(f"{clock.iteration + 1:>7}", *(f"{player} {mean:.4f}" for player, mean in means.items()), sep="  ")
    out.mkdir(parents=True, exist_ok=True)
    save(out / "weights.safetensors")
    if RANK == 0:
        write_samples(out)`;

export const main = (hasSlow: boolean): string => `def set_rate(given):
    """\`PLAYER.learningRate=VALUE\`: a constant rate in the place of the graph's."""
    name, _, text = given.partition("=")
    player = PLAYERS.get(name.removesuffix(".learningRate")) if name.endswith(".learningRate") else None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if player is None or not math.isfinite(value):
        settable = ", ".join(f"{player}.learningRate" for player in PLAYERS)
        raise SystemExit(f"--set {given}: what takes a number is {settable}.")
    player.learning_rate = lambda: value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iterations", type=int, default=ITERATIONS)
    parser.add_argument("--seed", type=int, default=SEED, help="of weights, data and noise")
    parser.add_argument("--set", action="append", default=[], metavar="PLAYER.learningRate=VALUE", help="another rate than the graph's")
    parser.add_argument("--weights", default=WEIGHTS, help="start from these weights (.safetensors)")
    parser.add_argument("--data", action="append", default=[], metavar="NODE=FILE", help="rows of your own (.npz, .npy); FILE alone: one that the game was made with")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("out"), help="where weights and samples go")
    parser.add_argument("--device", choices=["cuda", "mps", "cpu"], help="where to run; the best that is there if left out")
    parser.add_argument("--replay", metavar="FILE", help="compare updates with recorded ones (.npz)")
    parser.add_argument("--updates", type=int, help="with --replay: only the first so many")
    parser.add_argument("--chain", action="store_true", help="with --replay: start from the record once, then go on")
    args = parser.parse_args()
    for given in args.set:
        set_rate(given)
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
    train(args.iterations, args.out)


if __name__ == "__main__":
    try:
        main()
    finally:
        if WORLD > 1:
            dist.destroy_process_group()`;
