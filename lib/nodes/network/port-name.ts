/** Names of a network's ports. `log-det` is what a call of an invertible network has besides. */
export const portName: RegExp = /^(?!__|log-det$)[A-Za-z0-9_-]+$/;
