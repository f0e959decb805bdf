import type { Edge, Node } from 'reactflow';
import type { Reading } from '@/lib/check/readings';
import type { SignPaths } from '@/lib/draw/sign';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { GraphNode } from '@/lib/graph/schema';
import type { Point } from '@/lib/layout/boxes';
import type { Drawn } from '@/lib/layout/card-size';
import type { Look } from '@/lib/layout/geometry';
import type { PortType, Role } from '@/lib/nodes/define';
import type { Scheduled } from '@/lib/nodes/params';

/** The graph as React Flow is given it: what cards, frames and wires show, and nothing else. */
export interface CardPort {
  readonly name: string;
  readonly type: PortType;
  readonly end: 'source' | 'target';
  readonly side: 'left' | 'right';
  readonly y: number;
  /** Another port is right above, or below: they share the room between them. */
  readonly isBelow?: boolean;
  readonly isAbove?: boolean;
  /** What its target may take at most; undefined where nothing is near. */
  readonly room?: number | undefined;
  readonly wired: boolean;
  readonly help: string | undefined;
  readonly shape: string | undefined;
  /** The block's port that it is, inside a block. */
  readonly ofBlock: string | undefined;
}

export interface CardData extends Record<string, unknown> {
  readonly kind: string;
  readonly role: Role | undefined;
  readonly look: Look;
  /** It stands for a block, which can be entered. */
  readonly isUse: boolean;
  readonly title: string;
  readonly caption: string;
  readonly text: string | undefined;
  readonly category: string;
  /** Of a player: how fast it learns. */
  readonly rate: Scheduled | undefined;
  /** Its kind's own drawing, where it has one. */
  readonly sign: SignPaths | undefined;
  /** What a metric shows. */
  readonly readings: readonly Reading[];
  /** The network that a call applies, or that a layer belongs to. */
  readonly network: string | undefined;
  readonly color: string | undefined;
  readonly state: GraphNode['state'];
  readonly ports: readonly CardPort[];
  readonly severity: Diagnostic['severity'] | undefined;
  readonly problems: string;
}

export interface FrameData extends Record<string, unknown> {
  readonly name: string;
  readonly color: string;
  /** How its average is kept, in words. */
  readonly ema: string | undefined;
  readonly parameters: number;
  /** How fast the player that has its θ learns. */
  readonly rate: Scheduled | undefined;
  readonly collapsed: boolean;
  readonly nodes: number;
  readonly thetaWired: boolean;
  readonly severity: Diagnostic['severity'] | undefined;
  readonly problems: string;
}

export interface WireData extends Record<string, unknown> {
  readonly index: number;
  readonly type: PortType;
  readonly label: string | undefined;
  readonly problem: string | undefined;
  /** The places of the players in whose updates it carries something, in the order in which they move. */
  readonly turns: string;
  /** The network whose θ it carries. */
  readonly theta: string | undefined;
  /** The taller card's height, in a frame: below it a short wire's label finds room; 0 in the game. */
  readonly below: number;
  /** Its way as SVG has it; a plain bend where undefined, as while one of its ends is dragged. */
  readonly path: string | undefined;
  /** The middle of its label; undefined on a way that has no place for it until the wire is selected. */
  readonly labelX: number | undefined;
  readonly labelY: number | undefined;
  /** The points that it was led through. */
  readonly via: readonly Point[];
}

export type CardNode = Node<CardData, 'card'>;
export type FrameNode = Node<FrameData, 'frame'>;
export type FlowNode = CardNode | FrameNode;
export type WireEdge = Edge<WireData, 'wire'>;

/** What changes without the document: selection, positions while dragging, the wire being drawn. */
export interface Overlay {
  readonly selection: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
  readonly dragged: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly thetaWires: boolean;
  readonly drawn?: Drawn | undefined;
}

/** What is wrong with one node or network. */
export interface Problems {
  readonly severity: Diagnostic['severity'];
  readonly text: string;
  readonly key: string;
}
