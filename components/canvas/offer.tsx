import { useEditor, useSession, useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { makeNetworkAround, nodesForNetwork } from '@/lib/edit/make-network';
import { avoidOverlap } from '@/lib/layout/avoid-overlap';
import styles from './offer.module.css';
import { useView } from './view';

/** Layers own parameters, so they live in a network: one that stands outside is offered a frame. */
export function Offer() {
  const { editor, session } = useStores();
  const offered = useSession((state) => state.offer);
  const graph = useEditor((state) => state.shown);
  const view = useView();
  if (offered.length === 0) return null;
  const nodes = nodesForNetwork(graph, offered);
  const close = () => session.setState({ offer: [] });
  if (nodes.length === 0) return null;
  return (
    <div className={styles.offer} role="status">
      <span>
        {nodes.length === 1
          ? 'This layer needs a network around it.'
          : 'These layers need a network around them.'}
      </span>
      <Button
        size="sm"
        variant="primary"
        onClick={() => {
          const made = avoidOverlap(makeNetworkAround(graph, offered));
          editor.commit('Make a network', () => made.graph);
          session.select(made.ids.slice(0, 1));
          requestAnimationFrame(() => view.show(made.ids));
          close();
        }}
      >
        Make a network
      </Button>
      <Button size="sm" variant="ghost" onClick={close}>
        Not now
      </Button>
    </div>
  );
}
