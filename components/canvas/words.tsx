import { usePlain } from '@/components/hooks/use-checked';
import type { Part } from '@/lib/graph/diagnostic';
import { useReveal } from './use-reveal';
import styles from './words.module.css';

/** A text whose names lead to what they name: a press selects it and brings it into view. */
export function Words({ text, parts = [text] }: { readonly text: string; readonly parts?: readonly Part[] }) {
  return parts.map((part, i) => (typeof part === 'string' ? part : <Name key={i} of={part} />));
}

export function Name({ of: { id, name } }: { readonly of: Exclude<Part, string> }) {
  const { nodes, networks, uses } = usePlain();
  const reveal = useReveal();
  // The message of a run may be older than the graph.
  if (!nodes.has(id) && !networks.has(id) && !uses.has(id)) return name;
  return (
    <button type="button" className={styles.name} onClick={() => reveal(id)}>
      {name}
    </button>
  );
}
