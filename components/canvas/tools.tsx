import { Panel, type PanelPosition } from 'reactflow';
import { formatKeys } from '@/components/editor/actions';
import { useActions } from '@/components/editor/actions-context';
import { IconButton } from '@/components/ui/icon-button';
import styles from './tools.module.css';

const left = [
  'toggle-palette',
  'zoom-out',
  'zoom-in',
  'fit',
  'tidy',
  'toggle-theta',
  'tint',
  'toggle-minimap',
];
const right = ['toggle-inspector'];

/** On a phone the search has them. */
const spare = ['tidy', 'toggle-theta', 'tint', 'toggle-minimap'];

/** The canvas' own buttons; on a phone all in a column at the right, clear of the samples. */
export function Tools() {
  return (
    <>
      <Bar shown={left} position="bottom-left" className={styles.left} />
      <Bar shown={right} position="top-right" />
    </>
  );
}

interface BarProps {
  readonly shown: readonly string[];
  readonly position: PanelPosition;
  readonly className?: string | undefined;
}

function Bar({ shown, position, className }: BarProps) {
  const actions = useActions();
  return (
    <Panel position={position} className={className}>
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
              className={spare.includes(id) ? styles.spare : undefined}
              {...(key && { shortcut: formatKeys(key) })}
              onClick={action.run}
            />
          );
        })}
      </div>
    </Panel>
  );
}
