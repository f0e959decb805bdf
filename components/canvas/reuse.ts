import type { FlowNode } from './flow';

/** Keeps objects identical while what they say is the same: React draws again what is not. */
interface Made<T> {
  readonly inputs: readonly unknown[];
  readonly object: T;
}

/** Reuses an object while everything that it was made of is identical. */
export function createReuse<T>() {
  let last = new Map<string, Made<T>>();
  let next = new Map<string, Made<T>>();
  return {
    get(key: string, inputs: readonly unknown[], make: (previous: T | undefined) => T): T {
      const made = last.get(key);
      const fits = made?.inputs.every((input, i) => Object.is(input, inputs[i]));
      const object = made && fits ? made.object : make(made?.object);
      next.set(key, { inputs, object });
      return object;
    },
    done() {
      last = next;
      next = new Map();
    },
  };
}

/** The previous data where the new says the same: cards are compared by their data's identity. */
export const keep = <T extends object>(previous: T | undefined, data: T): T =>
  previous && JSON.stringify(previous) === JSON.stringify(data) ? previous : data;

/** The previous node where the new one is the same in all that React Flow sees. */
export function keepNode<T extends FlowNode>(previous: T | undefined, node: T): T {
  const same =
    previous !== undefined &&
    previous.data === node.data &&
    previous.position.x === node.position.x &&
    previous.position.y === node.position.y &&
    previous.width === node.width &&
    previous.height === node.height &&
    previous.selected === node.selected &&
    previous.parentId === node.parentId;
  return same ? previous : node;
}
