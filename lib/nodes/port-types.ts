/** What goes in and out of a kind, and what it may know of the rest of the graph. */
export type PortType = 'tensor' | 'scalar' | 'theta' | 'player';
export type Place = 'network' | 'game';

export interface InputPort {
  readonly name: string;
  readonly type: PortType;
  /** Takes this type too. */
  readonly also?: PortType;
  /** Takes several wires, in document order. */
  readonly many?: true;
  /** May be left unwired. */
  readonly optional?: true;
  /** Takes a discriminator's scores. */
  readonly scores?: true;
  /** Does nothing as the node is set: not drawn until something is wired to it. */
  readonly idle?: true;
  /** What comes by it is a constant to a loss: it gets no gradient. */
  readonly constant?: true;
  readonly help?: string;
}

export interface OutputPort {
  readonly name: string;
  readonly type: PortType;
  /** The inputs that this output follows from; all of them if left out. A loss evaluates no others. */
  readonly needs?: readonly string[];
  /** Seldom read: not drawn until something is wired to it. */
  readonly idle?: true;
  /** Of an objective pair: whose cost it is. */
  readonly player?: 'discriminator' | 'generator';
  readonly help?: string;
}

export const takesType = (port: InputPort, type: PortType): boolean =>
  port.type === type || port.also === type;

/** What a kind may know about the rest of the graph. */
export interface Scope {
  /** What is to know of a network, or undefined where there is no such network. */
  network(id: string): NetworkScope | undefined;
}

export interface NetworkScope {
  /** Names of its ports. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** All its layers are, between one input and one output. */
  readonly isInvertible?: boolean;
}
