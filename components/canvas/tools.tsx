import { Panel, type PanelPosition } from 'reactflow';
import { formatKeys } from '@/components/editor/actions';
import { useActions } from '@/components/editor/actions-context';
import { IconButton } from '@/components/ui/icon-button';
import styles from './tools.module.css';

const left = ['toggle-palette', 'zoom-out', 'zoom-in', 'fit', 'tidy', 'toggle-theta', 'toggle-minimap'];
const right = ['toggle-inspector'];

/** The canvas' own buttons. */
export function Tools() {
  return (
    <>
      <Bar shown={left} position="bottom-left" />
      <Bar shown={right} position="top-right" />
    </>
  );
}

function Bar({ shown, position }: { readonly shown: readonly string[]; readonly position: PanelPosition }) {
  const actions = useActions();
  return (
    <Panel position={position}>
      <div
        className={styles.tools}
        role="toolbar"
        aria-label={position === 'bottom-left' ? 'Canvas' : 'Panels'}
      >
        {shown.map((id) => {
          const action = actions.find((candidate) => candidate.id === id);
          if (!action?.icon) return null;
          const key = action.keys?.[0];
          return (
            <IconButton
              key={id}
              size="sm"
              side={position === 'bottom-left' ? 'top' : 'left'}
              label={action.label}
              icon={action.icon}
              {...(key && { shortcut: formatKeys(key) })}
              onClick={action.run}
            />
          );
        })}
      </div>
    </Panel>
  );
}
