import { Command } from 'cmdk';
import { useMemo } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { fuzzyScore } from '@/components/palette/score';
import { Dialog } from '@/components/ui/dialog';
import type { Checked } from '@/lib/check/checked';
import { portName } from '@/lib/check/names';
import { connect } from '@/lib/edit/connect';
import type { PortEnd } from '@/lib/edit/edited';
import { portTypeOf } from '@/lib/edit/port-type';
import type { Point } from '@/lib/layout/boxes';
import styles from './finder.module.css';
import { wireBetween, wireProblem } from './fit';
import { focusNode } from './focus-node';
import { offerFixes } from './offer-fixes';

interface Target {
  readonly end: PortEnd;
  readonly name: string;
  readonly reason: string | undefined;
}

/** Wiring without a pointer: from a focused port, Enter lists the ports that it can be wired to, and new nodes. */
export function WiringList() {
  const stores = useStores();
  const { editor, session } = stores;
  const checked = useChecked();
  const open = useSession((state) => state.wiringList);
  const from = useSession((state) => state.wiring);
  const targets = useMemo(() => (open && from ? targetsFor(checked, from) : []), [checked, open, from]);
  if (!open || !from) return null;
  const close = () => session.setState({ wiring: undefined, wiringList: false });
  const goBack = () => {
    close();
    requestAnimationFrame(() => focusNode(from.id));
  };
  return (
    <Dialog open onOpenChange={goBack} title={`Wire ${portName(checked, from)} to`}>
      <Command label="Ports" filter={fuzzyScore} loop>
        <Command.Input autoFocus className={styles.input} placeholder="Find a port" />
        <Command.List className={styles.list}>
          <Command.Empty className={styles.empty}>No matching port fits.</Command.Empty>
          {targets.map(({ end, name, reason }) => (
            <Command.Item
              key={`${end.id}.${end.port}`}
              value={`${name} ${end.id}.${end.port}`}
              className={styles.item}
              onSelect={() => {
                const wire = wireBetween(from, end);
                goBack();
                if (!wire) return;
                editor.commit('Wire', (graph) => connect(graph, wire[0], wire[1]));
                offerFixes(stores, wire, middleOfCard(end.id));
              }}
            >
              <span className={styles.name}>{name}</span>
              <span className={styles.category}>{end.port}</span>
              {reason ? <span className={styles.summary}>{reason}</span> : null}
            </Command.Item>
          ))}
          <Command.Item
            value="A new node"
            className={styles.item}
            onSelect={() => {
              close();
              session.setState({ finder: { from } });
            }}
          >
            <span className={styles.name}>A new node …</span>
          </Command.Item>
        </Command.List>
      </Command>
    </Dialog>
  );
}

function middleOfCard(id: string): Point | undefined {
  const box = document.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect();
  return box && [box.left + box.width / 2, box.bottom];
}

/** Ports of the other side and the same type, in the same frame: those that fit first. */
function targetsFor(checked: Checked, from: PortEnd): readonly Target[] {
  const side = from.side === 'output' ? 'input' : 'output';
  const own = checked.nodes.get(from.id);
  const type = portTypeOf(checked, from);
  const ends: Omit<Target, 'reason'>[] = [];
  for (const node of checked.nodes.values()) {
    if (node.node.network !== own?.node.network) continue;
    for (const port of side === 'input' ? node.inputs : node.outputs)
      if (port.type === type)
        ends.push({
          end: { id: node.node.id, port: port.name, side },
          name: portName(checked, { id: node.node.id, port: port.name, side }),
        });
  }
  if (side === 'output' && type === 'theta')
    for (const { network } of checked.networks.values())
      ends.push({
        end: { id: network.id, port: 'theta', side },
        name: portName(checked, { id: network.id, port: 'theta', side }),
      });
  const judged = ends.map((target) => ({ ...target, reason: wireProblem(checked, from, target.end) }));
  return [...judged.filter(({ reason }) => !reason), ...judged.filter(({ reason }) => reason)];
}
