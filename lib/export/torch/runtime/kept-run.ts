import type { PlayerFeatures } from './player';

interface KeptRunFeatures extends Pick<PlayerFeatures, 'counts' | 'optimistic'> {
  readonly hasBuffers: boolean;
  readonly hasSlow: boolean;
}

/** A run as a file, from which another process goes on. */
export const keptRun = ({ counts, optimistic, hasBuffers, hasSlow }: KeptRunFeatures): string => {
  const kept = [...(counts ? ['"made"'] : []), ...(optimistic ? ['"last_change"'] : [])];
  return `KEPT = (${kept
    .map((name) => `${name}, `)
    .join('')
    .trim()})  # what players keep beside their optimizers


def modules():
    """All that has weights or statistics, by name."""
    averages = {f"ema.{name}": network for name, network in AVERAGES.items()}
    return {**NETWORKS, **averages${hasBuffers ? ', **{f"op.{name}": module for name, module in BUFFERS.items()}' : ''}}


def save_run(path):
    """All that a run goes on from, at the end of an iteration; a process that is killed leaves the last one whole."""
    if RANK > 0:
        return
    run = {
        "seed": SEED,
        "iteration": clock.iteration + 1,
        "updates": clock.updates,
        "modules": {name: module.state_dict() for name, module in modules().items()},
        "players": {
            key: {"optimizer": player.optimizer.state_dict(), **{name: getattr(player, name) for name in KEPT}}
            for key, player in PLAYERS.items()
        },
${hasSlow ? '        "slow": {key: held.slow for key, held in SLOW.items()},\n' : ''}        "random": torch.get_rng_state(),
    }
    torch.save(run, f"{path}.new")
    os.replace(f"{path}.new", path)


def resume(folder, iterations):
    """Goes on from a folder that a run has written; the iterations that it has made."""
    path = pathlib.Path(folder) / "run.pt"
    if not path.exists():
        raise SystemExit(f"--resume {folder}: there is no run.pt, which a run writes to its --out.")
    run = torch.load(path, map_location="cpu", weights_only=True)
    if run["seed"] != SEED:
        raise SystemExit(f"--resume {folder}: that run is of seed {run['seed']}. Add --seed {run['seed']}.")
    if run["iteration"] >= iterations:
        raise SystemExit(f"--resume {folder}: that run has made {run['iteration']} iterations; --iterations takes more.")
    try:
        for name, module in modules().items():
            module.load_state_dict(run["modules"][name])
        for key, player in PLAYERS.items():
            found = run["players"][key]
            player.optimizer.load_state_dict(found["optimizer"])
            for name in KEPT:
                setattr(player, name, found[name])
    except (KeyError, RuntimeError, ValueError) as error:
        raise SystemExit(f"--resume {folder}: that run is of another game. {error}")
${hasSlow ? '    for key, held in SLOW.items():\n        held.slow = [slow.to(DEVICE) for slow in run["slow"][key]]\n' : ''}    torch.set_rng_state(run["random"])
    clock.updates = run["updates"]
    return run["iteration"]`;
};
