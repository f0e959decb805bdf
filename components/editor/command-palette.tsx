'use client';
import { Command } from 'cmdk';
import { useSession, useStores } from '@/components/hooks/stores';
import { fuzzyScore } from '@/components/palette/score';
import { Dialog } from '@/components/ui/dialog';
import { type Action, formatKeys } from './actions';
import { useActions } from './actions-context';
import styles from './editor.module.css';

/** Every action, by name. */
export function CommandPalette() {
  const { session } = useStores();
  const open = useSession((state) => state.dialog === 'commands');
  const actions = useActions();
  if (!open) return null;
  const close = () => session.setState({ dialog: undefined });
  return (
    <Dialog open onOpenChange={close} title="Commands" width={460}>
      <Command label="Commands" filter={fuzzyScore} loop className={styles.commands}>
        <Command.Input autoFocus className={styles.commandInput} placeholder="What do you want to do?" />
        <Command.List className={styles.commandList}>
          <Command.Empty className={styles.command}>No matching command.</Command.Empty>
          {[...groupActions(actions)].map(([group, members]) => (
            <Command.Group key={group} heading={group}>
              {members.map(({ id, label, icon: Icon, keys, run, enabled }) => (
                <Command.Item
                  key={id}
                  value={label}
                  keywords={[group]}
                  disabled={enabled?.() === false}
                  className={styles.command}
                  onSelect={() => {
                    close();
                    run();
                  }}
                >
                  {Icon ? <Icon size={15} aria-hidden /> : <span style={{ width: 15 }} />}
                  {label}
                  {keys?.[0] ? <kbd className={styles.kbd}>{formatKeys(keys[0])}</kbd> : null}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** By heading, in the order of first appearance. */
export function groupActions(actions: readonly Action[]): ReadonlyMap<string, readonly Action[]> {
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    const group = groups.get(action.group) ?? [];
    group.push(action);
    groups.set(action.group, group);
  }
  return groups;
}
