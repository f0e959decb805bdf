'use client';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import tones from '@/components/ui/problem.module.css';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { Select } from '@/components/ui/select';
import { showToast } from '@/components/ui/toast';
import { titleOf } from '@/lib/check/names';
import { imagesLike, setData, takesData } from '@/lib/edit/set-data';
import type { NeededData } from '@/lib/nodes/define';
import { isKept } from '@/lib/store/kept-data';
import { formatCount } from '@/lib/util/format-count';
import type { GivenData } from './given-data';
import { ImportChoices } from './import-choices';
import styles from './import-dialog.module.css';
import { ImportPreview } from './import-preview';
import { ImportProgress } from './import-progress';
import { useNeededData } from './needed-data';
import { type ImportEnd, useImport } from './use-import';

const NEW = 'new';
/** Notes that are shown of a long list. */
const MOST_NOTES = 20;
/** Of those that are said when it is in use. */
const MOST_SAID = 3;

/** Data of the user's own: looked through, shown, prepared as chosen, and kept in this browser. */
export function ImportDialog({
  of: given,
  onClose,
}: {
  readonly of: GivenData;
  readonly onClose: () => void;
}) {
  const { editor, session, data } = useStores();
  const needed = useMissing();
  const places = usePlaces();
  const [place, setPlace] = useState(places.first);
  const end = ({ id, options, notes, wasNeeded }: ImportEnd) => {
    void data.persist();
    if (!wasNeeded) {
      const { graph, ids } = setData(editor.getState().shown, place === NEW ? undefined : place, id, options);
      editor.commit('Use own data', () => graph);
      session.select(ids);
    }
    showToast({
      title: wasNeeded ? `${options.name} is in this browser again` : `${options.name} is in use`,
      description: [
        `${formatCount(options.rows)} rows are kept in this browser.`,
        ...notes.slice(0, MOST_SAID),
        ...(notes.length > MOST_SAID ? [`${notes.length - MOST_SAID} more files are left out.`] : []),
      ].join(' '),
      tone: 'success',
    });
    onClose();
  };
  const { state, choice, setChoice, keep } = useImport(given, needed, places.choice, end);
  const { step, preview, refusal } = state;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={step === 'refused' ? `Cannot use ${given.name}` : given.name}
      description={
        step === 'choosing' ? 'Nothing is taken until you press Use; nothing leaves this browser.' : undefined
      }
      width={step === 'choosing' ? 860 : 560}
      footer={
        step === 'choosing' ? (
          <div className={styles.end}>
            <Select
              label="Where it is used"
              className={styles.place}
              value={place}
              options={places.options}
              onChange={setPlace}
            />
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" onClick={keep} disabled={refusal !== undefined}>
              Use
            </Button>
          </div>
        ) : (
          <Button variant={step === 'refused' ? 'primary' : 'secondary'} onClick={onClose}>
            {step === 'refused' ? 'Close' : 'Cancel'}
          </Button>
        )
      }
    >
      {refusal ? (
        <p role="alert" className={`${tones.problem} ${tones.error} ${styles.refusal}`}>
          {refusal}
        </p>
      ) : null}
      {step === 'reading' || step === 'keeping' ? <ImportProgress of={state} /> : null}
      {step === 'choosing' && preview ? (
        <div className={styles.columns}>
          <ImportPreview of={preview} />
          <ImportChoices preview={preview} choice={choice} onChange={setChoice} />
          {preview.notes.length > 0 ? (
            <ScrollRegion label="Left out" className={styles.notes}>
              <ul aria-label="What is left out">
                {preview.notes.slice(0, MOST_NOTES).map((note) => (
                  <li key={note}>{note}</li>
                ))}
                {preview.notes.length > MOST_NOTES ? (
                  <li>and {preview.notes.length - MOST_NOTES} more</li>
                ) : null}
              </ul>
            </ScrollRegion>
          ) : null}
        </div>
      ) : null}
    </Dialog>
  );
}

/** What the document asks for and this browser does not keep. */
function useMissing(): readonly NeededData[] {
  const { data } = useStores();
  const list = useStore(data, (state) => state.list);
  const needed = useNeededData();
  useEffect(() => {
    if (!list) void data.load();
  }, [data, list]);
  return list ? needed.filter((each) => !isKept(list, each)) : [];
}

/** Nodes that can take it: the selected one first, else the only one, else a new one. */
function usePlaces() {
  const checked = useChecked();
  const selection = useSession((state) => state.selection);
  const nodes = [...checked.nodes.values()].filter(takesData);
  const selected = nodes.find(({ node }) => selection.has(node.id));
  const only = nodes.length === 1 ? nodes[0] : undefined;
  const first = selected ?? only;
  const shape = imagesLike(first);
  return {
    first: first?.node.id ?? NEW,
    /** Images become what the game takes. */
    choice: shape ? { shape } : {},
    options: [
      ...nodes.map((each) => ({
        value: each.node.id,
        label: `In ${titleOf(each, checked)}${nodes.length > 1 ? ` (${each.node.id})` : ''}`,
      })),
      { value: NEW, label: 'In a new dataset node' },
    ],
  };
}
