/** Updates that were recorded elsewhere, made again from the same start and compared. */
export interface ReplayFeatures {
  readonly optimistic: boolean;
  readonly hasMemories: boolean;
  readonly hasReference: boolean;
}

export function replayPython({ optimistic, hasMemories, hasReference }: ReplayFeatures): string {
  const everything = hasMemories ? '{**state(), **memories()}' : 'state()';
  return `class Replayed:
    """Random numbers of a record, by node, in the order in which they are drawn."""

    numbers = {}


def share(values):
    """This rank's rows."""
    rows = len(values) // WORLD
    return values[RANK * rows : (RANK + 1) * rows]


@contextlib.contextmanager
def replayed():
    """Within, random layers and penalties draw what was recorded."""
    kept = torch.rand, torch.randn, torch.randn_like, F.dropout, F.gumbel_softmax

    def drawn(*_, **__):
        values = Replayed.numbers[Noise.node][Noise.draws]
        Noise.draws += 1
        return channels_first(share(values))

    def dropout(x, p=0.5, training=True, inplace=False):
        return x * (drawn() >= p) / (1 - p) if training and p > 0 else x

    def gumbel_softmax(x, tau=1, hard=False, eps=1e-10, dim=-1):
        soft = F.softmax((x - torch.log(-torch.log(drawn()))) / tau, dim=dim)
        if not hard:
            return soft
        return torch.zeros_like(soft).scatter_(dim, soft.argmax(dim, keepdim=True), 1.0) - soft.detach() + soft

    torch.rand, torch.randn, torch.randn_like = drawn, drawn, drawn
    F.dropout, F.gumbel_softmax = dropout, gumbel_softmax
    try:
        yield
    finally:
        torch.rand, torch.randn, torch.randn_like, F.dropout, F.gumbel_softmax = kept


def set_state(found, steps):
    """Weights, statistics, averages and moments as recorded."""
    for name, tensor in ${everything}.items():
        tensor.copy_(torch.as_tensor(found[name]))
    for key, player in PLAYERS.items():
        names = {id(p): f"{name}.{path}" for name, n in NETWORKS.items() for path, p in n.named_parameters()}
        for parameter in player.parameters:
            moments = {"step": torch.tensor(float(steps[key]))}
            for slot in SLOTS[key]:
                values = torch.as_tensor(found[f"{key}/{slot}/{names[id(parameter)]}"], device=DEVICE)
                moments[slot] = values.clone()
            player.optimizer.state[parameter] = moments
${
  optimistic
    ? `        if player.optimistic:
            changes = [found[f"{key}/last-change/{names[id(p)]}"] for p in player.parameters]
            player.last_change = [torch.as_tensor(c, device=DEVICE) for c in changes] if steps[key] > 0 else None
`
    : ''
}

${
  hasMemories
    ? `def memories():
    """What the game remembers, by name."""
    return {f"{name}.{path}": t for name, m in MEMORIES.items() for path, t in m.state_dict().items()}


`
    : ''
}def replay(path, updates=None, chain=False):
    """Each update from its recorded start (or on from the one before) on the recorded batch. 1: they differ."""
    with np.load(path) as file:
        arrays = dict(file)
    about = json.loads(arrays["about"].tobytes())
    found, worst = {}, {"loss": 0.0, "weights": 0.0, "statistics": 0.0}

    def note(kind, difference):
        if not difference <= worst[kind]:  # so that a NaN is kept
            worst[kind] = difference

    clock.target = about["target"]
${
  hasReference
    ? `    REFERENCE.update({name: channels_first(share(arrays[f"reference/{name}"])) for name in about["reference"]})
`
    : ''
}    for k, update in enumerate(about["updates"][:updates]):
        found.update({name: arrays[f"{k}/state/{name}"] for name in update["state"]})
        if not chain or k == 0:
            set_state(found, update["steps"])
        clock.iteration, clock.updates = update["iteration"], update["index"]
        batch = Batch(0)
        batch.update({name: channels_first(share(arrays[f"{k}/batch/{name}"])) for name in update["batch"]})
        Replayed.numbers = {
            node: [arrays[f"{k}/noise/{node}/{i}"] for i in range(count)] for node, count in update["noise"].items()
        }
        with replayed():
            losses = UPDATES[update["update"]](batch)
        for player, ours in update["losses"].items():
            (value,) = averaged([losses[player].detach()])
            note("loss", abs(value.item() - ours))
        after = {**found, **{name: arrays[f"{k + 1}/state/{name}"] for name in about["updates"][k]["changed"]}}
        for name, tensor in ${everything}.items():
            kind = "statistics" if name.endswith(("running_mean", "running_var")) else "weights"
            ours = torch.as_tensor(after[name], device=DEVICE)
            note(kind, (tensor - ours).abs().max().item())
    if RANK == 0:
        print(json.dumps({"updates": k + 1, "ranks": WORLD, **worst}))
    return int(not all(value <= 1e-4 for value in worst.values()))`;
}
