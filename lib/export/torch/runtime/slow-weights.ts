/** What moves whole networks between iterations. */
export const slowWeights = `class SlowWeights:
    """Networks that are moved between iterations, and their slow weights."""

    def __init__(self, networks):
        self.parameters = [parameter for network in networks for parameter in network.parameters()]
        self.start()

    def start(self):
        self.slow = [parameter.detach().clone() for parameter in self.parameters]

    @torch.no_grad()
    def follow(self, move):
        for parameter, slow in zip(self.parameters, self.slow):
            slow.copy_(move(parameter, slow))
            parameter.copy_(slow)`;

/** The slow weights by name, as a record has them. */
export const slowState = `def slow_state():
    return {
        f"{key}/slow/{name_of(parameter)}": slow
        for key, held in SLOW.items()
        for parameter, slow in zip(held.parameters, held.slow)
    }`;
