import { useActions } from '@/components/editor/actions-context';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { formatShortCount } from '@/lib/layout/card-text';
import { formatCount } from '@/lib/util/format-count';
import styles from './inspector.module.css';
import { Fact, Heading, Section } from './section';

/** Several selected: what they cost together, and what can be done with them. */
export function ManyPanel({ ids }: { readonly ids: readonly string[] }) {
  const { nodes, networks } = useChecked();
  const actions = useActions().filter(({ group, enabled }) => group === 'Arrange' && enabled?.() !== false);
  const chosen = ids.flatMap((id) => nodes.get(id) ?? networks.get(id) ?? []);
  const sum = (key: 'parameters' | 'multiplyAdds') => chosen.reduce((total, item) => total + item[key], 0);
  return (
    <>
      <Heading title={`${ids.length} selected`} subtitle="" />
      <Section title="Together">
        <Fact name="Parameters θ">{formatCount(sum('parameters'))}</Fact>
        <Fact name="Multiply-adds per example">{formatShortCount(sum('multiplyAdds'))}</Fact>
      </Section>
      <Section title="Arrange">
        <div className={styles.buttons}>
          {actions.map(({ id, label, run }) => (
            <Button key={id} size="sm" onClick={run}>
              {label}
            </Button>
          ))}
        </div>
      </Section>
    </>
  );
}
