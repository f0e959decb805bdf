import type { Role } from '@/lib/nodes/define';

/**
 * Sizes of cards and frames and the positions of their ports, in canvas units, by role. React Flow is given
 * these ahead of rendering, and the cards draw their ports at the same numbers, so nothing is measured.
 */
export interface Size {
  readonly width: number;
  readonly height: number;
}

interface PortPosition {
  readonly name: string;
  readonly end: 'source' | 'target';
  readonly side: 'left' | 'right';
  /** Of the port's centre, from the card's top. */
  readonly y: number;
}

/** What the size and the ports' positions depend on. */
export interface CardForm {
  readonly role: Role | undefined;
  /** A use of a block. */
  readonly isUse?: boolean;
  readonly inNetwork: boolean;
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
  readonly outputs: readonly { readonly name: string; readonly type: string }[];
  readonly size?: readonly [number, number] | undefined;
  /** Characters of its title and of the line below it: a card grows with them, up to a bound. */
  readonly letters?: number;
  readonly captionLetters?: number;
  /** Where θ enters; at the right if left out. */
  readonly thetaSide?: 'left' | 'right';
  /** Lines of numbers that a metric shows. */
  readonly readings?: number;
}

/** The smallest text on the canvas; the style sheets of components/canvas have none below it. */
export const SMALLEST_TEXT = 12;
export const PORT = 10;
const ROW = 20;
/** Of a card with one port on each side; its ports are at the middle, so that rows of cards wire straight. */
const HEIGHT = 40;
export const FRAME_HEADER = 34;
export const COLLAPSED: Size = { width: 200, height: 54 };

/** How a role looks: a pill, a picture, text, numbers, or a plain card; `rows` lists its ports by name. */
export type Look = 'pill' | 'picture' | 'text' | 'card' | 'rows' | 'edge' | 'numbers';

const looks: Readonly<Record<Role, Look>> = {
  source: 'card',
  'network-input': 'edge',
  'network-output': 'edge',
  call: 'pill',
  layer: 'card',
  op: 'card',
  loss: 'rows',
  optimizer: 'rows',
  averaging: 'card',
  view: 'picture',
  metric: 'numbers',
  note: 'text',
};

export const lookOf = (role: Role | undefined): Look => (role ? looks[role] : 'card');

/** A use of a block names its ports where it has more than one on a side. */
export const lookOfForm = ({ role, isUse, inputs, outputs }: CardForm): Look =>
  isUse && Math.max(inputs.length, outputs.length) > 1 ? 'rows' : lookOf(role);

const WIDTHS: Readonly<Record<Look, number>> = {
  pill: 90,
  picture: 280,
  text: 220,
  card: 120,
  rows: 136,
  edge: 84,
  numbers: 224,
};
const NETWORK_CARD = 100;

export function cardSize(form: CardForm): Size {
  const look = lookOfForm(form);
  const [left, right] = sides(form);
  const rows = Math.max(left.length, right.length, 1);
  const minimum: Size = {
    width: Math.max(widthOf(look, form), namesWidth(look, left, right)),
    height: heightOf(look, rows, form),
  };
  if (!form.size || (look !== 'picture' && look !== 'text')) return minimum;
  return { width: Math.max(80, form.size[0]), height: Math.max(40, form.size[1]) };
}

/** Of a bold letter of a title and of one below it, in the widest of the canvas' fonts; and beside them. */
const [BOLD, PLAIN, BESIDE] = [7.6, 6.5, 20];
const SIGN = 20;
const MOST = 190;

function widthOf(look: Look, { inNetwork, letters = 0, captionLetters = 0 }: CardForm): number {
  if (look === 'pill') return Math.min(150, Math.max(WIDTHS.pill, 30 + 8 * letters));
  const usual = inNetwork && look === 'card' ? NETWORK_CARD : WIDTHS[look];
  const title = BESIDE + BOLD * letters + (look === 'rows' ? SIGN : 0);
  const caption = BESIDE + PLAIN * captionLetters + SIGN;
  if (look === 'rows') return within(usual, title);
  if (look === 'edge') return within(usual, caption - SIGN);
  return look === 'card' ? within(usual, Math.max(title, caption)) : usual;
}

/** Rounded up, so that most cards of a row are of one width. */
const within = (usual: number, wanted: number) =>
  Math.max(usual, Math.min(MOST, 10 * Math.ceil(wanted / 10)));

/** Room for the names of ports, two of which may share a row; where the first row is the title's, the others count. */
function namesWidth(look: Look, left: readonly PortPosition[], right: readonly PortPosition[]): number {
  const from = look === 'rows' ? 0 : 1;
  let longest = 0;
  for (let i = from; i < Math.max(left.length, right.length); i++)
    longest = Math.max(longest, (left[i]?.name.length ?? 0) + (right[i]?.name.length ?? 0));
  return longest === 0 ? 0 : Math.ceil(34 + 6.2 * longest);
}

/** Above the ports of a card that lists them: its title, and a player's rate. */
const headerOf = (role: Role | undefined): number => (role === 'optimizer' ? 42 : 30);

function heightOf(look: Look, rows: number, { role, readings = 0 }: CardForm): number {
  switch (look) {
    case 'picture':
      return 236;
    case 'text':
      return 120;
    case 'rows':
      return headerOf(role) + rows * ROW + 8;
    case 'numbers':
      return HEIGHT + ROW * (rows - 1 + readings);
    case 'pill':
    case 'card':
    case 'edge':
      return HEIGHT + ROW * (rows - 1);
  }
}

function sides(form: CardForm) {
  const left: PortPosition[] = [];
  const right: PortPosition[] = [];
  for (const { name, type } of form.inputs) {
    const side = type === 'theta' ? (form.thetaSide ?? 'right') : 'left';
    (side === 'right' ? right : left).push({ name, end: 'target', side, y: 0 });
  }
  for (const { name } of form.outputs) right.push({ name, end: 'source', side: 'right', y: 0 });
  return [left, right] as const;
}

/** Where each port is. Rows of ports start below the title. */
export function portPositions(form: CardForm): readonly PortPosition[] {
  const look = lookOfForm(form);
  const [left, right] = sides(form);
  const place = (port: PortPosition, i: number): PortPosition => ({
    ...port,
    y: portY(look, i, form.role),
  });
  return [...left.map(place), ...right.map(place)];
}

function portY(look: Look, i: number, role: Role | undefined): number {
  if (look === 'rows') return headerOf(role) + ROW * (i + 0.5);
  return HEIGHT / 2 + ROW * i;
}
