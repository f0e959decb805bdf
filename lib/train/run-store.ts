import type { DBSchema, IDBPTransaction } from 'idb';
import type { Picture } from '@/lib/draw/picture';
import { bytesIn } from '@/lib/util/bytes';
import { createDatabase } from '@/lib/util/database';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint';
import { bytesOf, findSurplus, type SnapshotLimits, snapshotLimits } from './snapshot-rule';

/**
 * The runs of each document and their snapshots, in IndexedDB. A run that starts from a snapshot of another one
 * names it as its parent, and is shown with the parent's snapshots up to there; nothing is copied. Which of a
 * document's runs is the present one stands in `heads`. One page writes to a run: the last that took it.
 */
interface Schema extends DBSchema {
  heads: { key: string; value: Head };
  runs: { key: string; value: KeptRun; indexes: { 'by-document': string } };
  entries: { key: [run: string, iteration: number]; value: SnapshotEntry };
  states: { key: [run: string, iteration: number]; value: Uint8Array };
  frames: { key: [run: string, iteration: number]; value: Frames };
}

interface Head {
  readonly run: string;
  /** The one that a reset replaced, of some iterations. */
  readonly replaced?: string;
}

export interface KeptRun {
  readonly id: string;
  readonly document: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly writtenAt: number;
  /** Of its newest snapshot. */
  readonly iteration: number;
  /** Of its own snapshots. */
  readonly bytes: number;
  readonly parent?: Origin;
  /** Which page writes to it, and the iteration at which it took it. */
  readonly writer?: { readonly page: string; readonly from: number };
  /** Where pages stood that had only looked at it when another one went on with it. */
  readonly left?: { readonly [page: string]: number };
}

/** A snapshot that a run begins with. */
export interface Origin {
  readonly run: string;
  readonly iteration: number;
}

/** What the list of snapshots shows, apart from them, so that listing reads no weights. */
export interface SnapshotEntry extends Origin {
  readonly bytes: number;
  readonly savedAt: number;
  /** Why it cannot be gone on from; known once it was tried. */
  readonly damage?: string;
}

/** What the views showed. */
export type Frames = { readonly [view: string]: Picture };

const all = ['heads', 'runs', 'entries', 'states', 'frames'] as const;
const parts = ['entries', 'states', 'frames'] as const;
export type Write = IDBPTransaction<Schema, (typeof all)[number][], 'readwrite'>;
export type Read = IDBPTransaction<Schema, (typeof all)[number][], 'readonly' | 'readwrite'>;

const database = createDatabase<Schema>('ganvas-runs', 1, (db) => {
  db.createObjectStore('heads');
  db.createObjectStore('runs', { keyPath: 'id' }).createIndex('by-document', 'document');
  db.createObjectStore('entries', { keyPath: ['run', 'iteration'] });
  db.createObjectStore('states');
  db.createObjectStore('frames');
});

export const write = <T>(task: (transaction: Write) => Promise<T>): Promise<T> =>
  database.transact(all, 'readwrite', task);

export const read = <T>(task: (transaction: Read) => Promise<T>): Promise<T> =>
  database.transact(all, 'readonly', task);

/** Where a run begins: at a snapshot of another one, or at weights from elsewhere. */
type Beginning = Origin | { readonly iteration: number };

/** The document's run begins from the seed, or from what is given; the one before it is set aside. */
export const beginRun = (document: string, from?: Beginning, page?: string): Promise<string> =>
  write((transaction) => begin(transaction, document, from, page));

async function begin(transaction: Write, document: string, from?: Beginning, page?: string): Promise<string> {
  const heads = transaction.objectStore('heads');
  const runs = transaction.objectStore('runs');
  const before = await heads.get(document);
  const hasMoved = before && ((await runs.get(before.run))?.iteration ?? 0) > 0;
  // As with checkpoints: what never left iteration 0 is not worth a return.
  const replaced = hasMoved ? before.run : before?.replaced;
  const id = crypto.randomUUID();
  const now = Date.now();
  const iteration = from?.iteration ?? 0;
  const run = {
    id,
    document,
    startedAt: now,
    writtenAt: now,
    iteration,
    bytes: 0,
    ...(page !== undefined && { writer: { page, from: iteration } }),
    ...(from && 'run' in from && { parent: { run: from.run, iteration: from.iteration } }),
  };
  await Promise.all([
    runs.put(run),
    heads.put({ run: id, ...(replaced !== undefined && { replaced }) }, document),
  ]);
  return id;
}

/** The document's run as it is now, of a page that only looks at it: it is taken from nobody. */
export const lookAtRun = (document: string): Promise<KeptRun | undefined> =>
  read(async (transaction) => {
    const head = await transaction.objectStore('heads').get(document);
    return head && transaction.objectStore('runs').get(head.run);
  });

/**
 * The document's run goes on at an iteration, in this page: what it kept beyond belongs to no run any more, and no
 * other page writes to it from now on. Of a run that was `seen` and has since been written to by another page,
 * nothing is touched: it stays that page's, to which `isTaken` answers.
 */
export const continueRun = (
  document: string,
  iteration: number,
  page?: string,
  seen?: KeptRun,
): Promise<string> =>
  write(async (transaction) => {
    const head = await transaction.objectStore('heads').get(document);
    const runs = transaction.objectStore('runs');
    const run = head && (await runs.get(head.run));
    if (!run) return begin(transaction, document, undefined, page);
    const hasGoneOn = seen && (run.id !== seen.id || run.writtenAt !== seen.writtenAt);
    if (hasGoneOn && isAnothers(run, page)) {
      await runs.put(leftBy(run, page, iteration));
      return run.id;
    }
    const beyond = await ownOf(transaction, run.id, iteration + 1);
    await removeSnapshots(transaction, beyond);
    await runs.put({
      ...run,
      iteration: Math.min(run.iteration, iteration),
      bytes: run.bytes - bytesOf(beyond),
      ...(page !== undefined && run.writer?.page !== page && { writer: { page, from: iteration } }),
    });
    return run.id;
  });

/** A run that was made elsewhere joins those of a document, once. */
export const addRun = (run: Pick<KeptRun, 'id' | 'document' | 'startedAt' | 'iteration'>): Promise<void> =>
  write(async (transaction) => {
    const runs = transaction.objectStore('runs');
    if (!(await runs.get(run.id))) await runs.put({ ...run, writtenAt: Date.now(), bytes: 0 });
  });

/** Whether another page has taken the run since. */
export const isTaken = (run: string, page: string): Promise<boolean> =>
  database.transact(['runs'], 'readonly', async (transaction) =>
    isAnothers(await transaction.objectStore('runs').get(run), page),
  );

const isAnothers = (run: KeptRun | undefined, page: string | undefined): boolean =>
  page !== undefined && run?.writer !== undefined && run.writer.page !== page;

/**
 * The run that a reset replaced is the present one again, and the other way round. One that was deleted since begins
 * anew at the iteration at which it stands.
 */
export const bringBackRun = (document: string, iteration: number): Promise<unknown> =>
  write(async (transaction) => {
    const heads = transaction.objectStore('heads');
    const head = await heads.get(document);
    const replaced = head?.replaced && (await transaction.objectStore('runs').get(head.replaced));
    return head && replaced
      ? heads.put({ run: replaced.id, replaced: head.run }, document)
      : begin(transaction, document, { iteration });
  });

/** A page that only looked at a run goes its own way from an iteration: another one has gone on with it. */
export const leaveRun = (id: string, page: string, iteration: number): Promise<void> =>
  write(async (transaction) => {
    const runs = transaction.objectStore('runs');
    const run = await runs.get(id);
    if (run && isAnothers(run, page)) await runs.put(leftBy(run, page, iteration));
  });

const leftBy = (run: KeptRun, page: string | undefined, iteration: number): KeptRun => ({
  ...run,
  left: { ...run.left, [page ?? '']: iteration },
});

/** A document goes on as another one, whose run begins where this one's stands, or where another page took it. */
export const copyRun = (from: string, to: string, page?: string): Promise<void> =>
  write(async (transaction) => {
    const head = await transaction.objectStore('heads').get(from);
    const run = head && (await transaction.objectStore('runs').get(head.run));
    if (!run) return;
    const taken = run.left?.[page ?? ''] ?? run.writer?.from ?? 0;
    const iteration = isAnothers(run, page) ? taken : run.iteration;
    await begin(transaction, to, { run: run.id, iteration });
  });

/** Keeps a snapshot within the limits of snapshot-rule.ts. False: another page has taken the run, nothing is written. */
export async function writeSnapshot(
  run: string,
  checkpoint: Checkpoint,
  frames: Frames,
  page?: string,
  limits: SnapshotLimits = snapshotLimits,
): Promise<boolean> {
  const state = encodeCheckpoint(checkpoint);
  const { iteration } = checkpoint.counters;
  const entry = { run, iteration, bytes: state.byteLength + bytesIn(frames), savedAt: Date.now() };
  return write(async (transaction) => {
    const kept = await transaction.objectStore('runs').get(run);
    if (isAnothers(kept, page)) return false;
    const key: [string, number] = [run, iteration];
    await Promise.all([
      // First: a picture that cannot be copied throws at once, and nothing is written.
      transaction.objectStore('frames').put(frames, key),
      transaction.objectStore('states').put(state, key),
      transaction.objectStore('entries').put(entry),
    ]);
    const own = await ownOf(transaction, run);
    const surplus = new Set(findSurplus(own, limits));
    const [gone, left] = [true, false].map((isGone) =>
      own.filter((each) => surplus.has(each.iteration) === isGone),
    ) as [SnapshotEntry[], SnapshotEntry[]];
    await removeSnapshots(transaction, gone);
    if (kept)
      await transaction.objectStore('runs').put({
        ...kept,
        writtenAt: entry.savedAt,
        iteration,
        bytes: bytesOf(left),
      });
    await makeRoom(transaction, run, limits.allBytes);
    return true;
  });
}

/** Of other runs only the newest snapshot stays, the one that was written to longest ago first. */
async function makeRoom(transaction: Write, present: string, most: number): Promise<void> {
  const runs = await transaction.objectStore('runs').getAll();
  let bytes = bytesOf(runs);
  const oldest = runs.filter(({ id }) => id !== present).sort((a, b) => a.writtenAt - b.writtenAt);
  for (const run of oldest) {
    if (bytes <= most) return;
    const own = await ownOf(transaction, run.id);
    await removeSnapshots(transaction, own.slice(0, -1));
    const left = own.at(-1)?.bytes ?? 0;
    bytes -= run.bytes - left;
    await transaction.objectStore('runs').put({ ...run, bytes: left });
  }
}

/** The run that the document goes on with. */
export const presentRun = (document: string): Promise<string | undefined> =>
  database.transact(
    ['heads'],
    'readonly',
    async (transaction) => (await transaction.objectStore('heads').get(document))?.run,
  );

/** The snapshots of the document's present run and of what it came from, in order of iterations. */
export const listSnapshots = (document: string): Promise<readonly SnapshotEntry[]> =>
  read(async (transaction) => {
    const head = await transaction.objectStore('heads').get(document);
    return head ? snapshotsOf(transaction, head.run) : [];
  });

/** The same of any run. */
export async function snapshotsOf(transaction: Read, of: string): Promise<readonly SnapshotEntry[]> {
  let found: readonly SnapshotEntry[] = [];
  let run: string | undefined = of;
  let most = Number.POSITIVE_INFINITY;
  while (run !== undefined) {
    found = [...(await ownOf(transaction, run, 0, most)), ...found];
    const parent: Origin | undefined = (await transaction.objectStore('runs').get(run))?.parent;
    run = parent?.run;
    most = Math.min(parent?.iteration ?? 0, (found[0]?.iteration ?? Number.POSITIVE_INFINITY) - 1);
  }
  return found;
}

/** What the views showed then; undefined where it is gone. */
export const readFrames = ({ run, iteration }: Origin): Promise<Frames | undefined> =>
  database.transact(['frames'], 'readonly', (transaction) =>
    transaction.objectStore('frames').get([run, iteration]),
  );

/** The whole state then, or why there is none; that is remembered in the list. */
export async function openSnapshot({
  run,
  iteration,
}: Origin): Promise<{ ok: true; checkpoint: Checkpoint } | { ok: false; reason: string }> {
  const bytes = await database.transact(['states'], 'readonly', (transaction) =>
    transaction.objectStore('states').get([run, iteration]),
  );
  const opened = bytes
    ? decodeCheckpoint(bytes)
    : { ok: false as const, reason: 'Its weights are no longer here.' };
  if (!opened.ok)
    await write(async (transaction) => {
      const entry = await transaction.objectStore('entries').get([run, iteration]);
      if (entry) await transaction.objectStore('entries').put({ ...entry, damage: opened.reason });
    });
  return opened;
}

/** A run's own snapshots between two iterations. */
export const ownOf = (
  transaction: Read,
  run: string,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): Promise<SnapshotEntry[]> =>
  from > to
    ? Promise.resolve([])
    : transaction.objectStore('entries').getAll(IDBKeyRange.bound([run, from], [run, to]));

export const removeSnapshots = (transaction: Write, entries: readonly SnapshotEntry[]): Promise<unknown> =>
  Promise.all(
    entries.flatMap(({ run, iteration }) =>
      parts.map((part) => transaction.objectStore(part).delete([run, iteration])),
    ),
  );
