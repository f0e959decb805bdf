import type { Scope } from '../define';

/** Inputs of a network that a kind applies, but the one that it looks at; `own` are the kind's own ports. */
export function furtherInputs(
  scope: Scope,
  { network, input }: { readonly network: string; readonly input: string },
  own: readonly string[],
): readonly string[] {
  const further = (scope.network(network)?.inputs ?? []).filter((port) => port !== input);
  const taken = further.find((port) => own.includes(port));
  if (taken !== undefined)
    throw new Error(`the network has a further input ${taken}, which the node’s own port hides`);
  return further;
}

/** What is wired to those, by port: `read` is tensorAt, or expressionAt for PyTorch lines. */
export const furtherAt = <Inputs extends object, Value>(
  inputs: Inputs,
  own: readonly string[],
  read: (inputs: Inputs, port: string) => Value,
): { readonly [port: string]: Value } =>
  Object.fromEntries(
    Object.keys(inputs)
      .filter((port) => !own.includes(port))
      .map((port) => [port, read(inputs, port)]),
  );
