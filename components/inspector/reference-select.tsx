import { useChecked } from '@/components/hooks/use-checked';
import { Select } from '@/components/ui/select';
import type { Checked } from '@/lib/check/checked';
import { nameOf } from '@/lib/check/names';
import type { Reference } from '@/lib/graph/param';
import type { Json } from '@/lib/graph/schema';
import type { Binding } from './binding';
import styles from './inspector.module.css';

/** A parameter that names a network, one of its ports, or a node of some role: chosen from those there are. */
export function ReferenceSelect(props: {
  readonly id: string;
  readonly reference: Reference;
  readonly binding: Binding;
  onChange(value: Json): void;
}) {
  const { id, reference, binding, onChange } = props;
  const checked = useChecked();
  const found = candidates(checked, reference, binding.params);
  const value = String(binding.value ?? '');
  const known = value === '' || found.some((option) => option.value === value);
  const options = known ? found : [...found, { value, label: `${value} (missing)` }];
  return (
    <Select
      id={id}
      size="sm"
      className={styles.select}
      value={value === '' ? undefined : value}
      placeholder={options.length > 0 ? 'Choose' : 'There is none'}
      disabled={options.length === 0}
      options={options}
      onChange={onChange}
    />
  );
}

function candidates(checked: Checked, reference: Reference, params: Readonly<Record<string, unknown>>) {
  if (reference.to === 'network') return named(checked, checked.networks.keys());
  if (reference.to === 'node')
    return named(
      checked,
      [...checked.nodes.values()]
        .filter(({ definition }) => definition?.role === reference.role)
        .map(({ node }) => node.id),
    );
  const network = checked.networks.get(String(params[reference.of]));
  const ports = reference.to === 'input' ? network?.inputs : network?.outputs;
  return [...(ports?.keys() ?? [])].map((name) => ({ value: name, label: name }));
}

/** By name; of several that are called the same, the second is 2. */
function named(checked: Checked, ids: Iterable<string>) {
  const counts = new Map<string, number>();
  return [...ids].map((value) => {
    const name = nameOf(checked, value);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { value, label: count === 1 ? name : `${name} (${count})` };
  });
}
