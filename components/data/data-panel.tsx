'use client';
import { Pencil, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Name } from '@/components/canvas/words';
import { formatBytes } from '@/components/dock/format';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked, usePlain } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { DeleteDialog } from '@/components/ui/delete-dialog';
import { IconButton } from '@/components/ui/icon-button';
import listed from '@/components/ui/list.module.css';
import { WordsField } from '@/components/ui/words-field';
import { nameOf, titleOf } from '@/lib/check/names';
import { sayRows } from '@/lib/data/files/import-options';
import { type KeptData, keptKey } from '@/lib/data/import/kept-data';
import { setData, takesData } from '@/lib/edit/set-data';
import { CAMERA_FILE } from './camera';
import styles from './data-panel.module.css';
import { useNeededData } from './needed-data';
import { PickButtons } from './pick-buttons';

/** Data of the user's own that this browser keeps: what it is, where it is used, and what can be done with it. */
export function DataPanel() {
  const { data } = useStores();
  const list = useStore(data, (state) => state.list);
  useEffect(() => void data.load(), [data]);
  const [asked, ask] = useState<KeptData>();
  return (
    <div className={listed.panel}>
      <div className={styles.head}>
        <PickButtons />
        <Room />
      </div>
      {list?.length === 0 ? (
        <p className={listed.words}>
          Drop a file or a folder anywhere on the page: images (also in a zip), IDX, NPY, NPZ, CSV or TSV. It
          is kept in this browser and goes nowhere else.
        </p>
      ) : null}
      <ul className={listed.list}>
        {list?.map((kept) => (
          <Entry key={kept.key} of={kept} onDelete={() => ask(kept)} />
        ))}
      </ul>
      <DeleteDialog
        open={asked !== undefined}
        onClose={() => ask(undefined)}
        title={`Delete ${asked?.name}?`}
        description={
          asked?.options.name === CAMERA_FILE
            ? 'Documents that use it will ask for its zip: without one the pictures are gone.'
            : 'Documents that use it will ask for the file again. The file on your disk stays.'
        }
        onDelete={() => asked && void data.remove(asked.key)}
      />
    </div>
  );
}

/** What is taken of the disk, and whether it is safe there. */
function Room() {
  const { data } = useStores();
  const room = useStore(data, (state) => state.room);
  if (!room) return null;
  return (
    <p className={listed.words}>
      {formatBytes(room.used)} of {formatBytes(room.most)} that the browser allows are used.{' '}
      {room.isPersistent ? (
        'It deletes nothing by itself.'
      ) : (
        <>
          It may delete them when the disk is full.{' '}
          <Button size="sm" variant="ghost" onClick={data.persist}>
            Ask it not to
          </Button>
        </>
      )}
    </p>
  );
}

function Entry({ of: kept, onDelete }: { readonly of: KeptData; readonly onDelete: () => void }) {
  const { data } = useStores();
  const [isRenamed, setRenamed] = useState(false);
  const { key, name, options, bytes } = kept;
  const { classes } = options;
  return (
    <li className={listed.entry}>
      <div className={listed.about}>
        {isRenamed ? (
          <WordsField
            label="Name"
            words={name}
            onEnd={(next) => {
              setRenamed(false);
              if (next && next !== name) void data.rename(key, next);
            }}
          />
        ) : (
          <b className={listed.name}>{name}</b>
        )}
        <span className={listed.facts}>
          {sayRows(options)}
          {classes.length > 0 ? `, ${classes.length} classes` : ''} · {formatBytes(bytes)} ·{' '}
          <UsedBy of={kept} />
        </span>
      </div>
      <UseButton of={kept} />
      <IconButton icon={Pencil} size="sm" label={`Rename ${name}`} onClick={() => setRenamed(true)} />
      <IconButton icon={Trash2} size="sm" label={`Delete ${name}`} onClick={onDelete} />
    </li>
  );
}

/** Nodes of the open document. */
function UsedBy({ of: kept }: { readonly of: KeptData }) {
  const checked = usePlain();
  const users = useNeededData().filter(
    ({ id, options }) => keptKey(id, options) === kept.key || id === kept.key,
  );
  if (users.length === 0) return 'not used here';
  return (
    <>
      used by{' '}
      {users.map(({ node }, i) => (
        <span key={node}>
          {i > 0 ? ', ' : ''}
          <Name of={{ id: node, name: nameOf(checked, node) }} />
        </span>
      ))}
    </>
  );
}

/** In the selected dataset node, else the only one, else a new one. */
function UseButton({ of: { id, name, options } }: { readonly of: KeptData }) {
  const { editor, session } = useStores();
  const checked = useChecked();
  const selection = useSession((state) => state.selection);
  const nodes = [...checked.nodes.values()].filter(takesData);
  const place =
    nodes.find(({ node }) => selection.has(node.id)) ?? (nodes.length === 1 ? nodes[0] : undefined);
  return (
    <Button
      size="sm"
      aria-label={`Use ${name} ${place ? `in ${titleOf(place, checked)}` : 'in a new node'}`}
      onClick={() => {
        const { graph, ids } = setData(editor.getState().shown, place?.node.id, id, options);
        editor.commit('Use own data', () => graph);
        session.select(ids);
      }}
    >
      Use
    </Button>
  );
}
