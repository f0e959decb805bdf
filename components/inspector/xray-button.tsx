import { ScanEye } from 'lucide-react';
import { useEditor, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { prefixOf } from '@/lib/check/blocks/inside';
import { xrayTargets } from '@/lib/check/xray-targets';

/** Opens what a node or a wire carries; nothing where that is no tensor. */
export function XrayButton(props: {
  readonly selection: { readonly nodes: readonly string[]; readonly wires: readonly number[] };
}) {
  const { session } = useStores();
  const path = useEditor((state) => state.path);
  const targets = xrayTargets(useChecked(), prefixOf(path), props.selection);
  if (targets.length === 0) return null;
  return (
    <Button size="sm" onClick={() => session.openXrays(targets)}>
      <ScanEye size={14} aria-hidden /> X-ray
    </Button>
  );
}
