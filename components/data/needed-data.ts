import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useStores } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import type { Checked } from '@/lib/check/checked';
import { type ImportOptions, sayRows } from '@/lib/data/files/import-options';
import type { KeptData } from '@/lib/data/import/kept-data';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { NeededData } from '@/lib/nodes/define';
import { isKept } from '@/lib/store/kept-data';

type NeededByNode = NeededData & { readonly node: string };

/** The files that the document draws from. */
export function useNeededData(): readonly NeededByNode[] {
  const checked = usePlain();
  return useMemo(() => neededIn(checked), [checked]);
}

const neededIn = ({ nodes }: Checked): readonly NeededByNode[] =>
  [...nodes.values()].flatMap(({ node, definition, params }) => {
    const needed = definition?.role === 'source' && definition.needs?.(params);
    return needed ? [{ ...needed, node: node.id }] : [];
  });

/** Those of them that this browser does not keep, as problems of the document. */
export function useMissingData(): readonly Diagnostic[] {
  const { data } = useStores();
  const list = useStore(data, (state) => state.list);
  const needed = useNeededData();
  // Only documents with files of their own have to know what is kept.
  const isWanted = needed.length > 0 && list === undefined;
  useEffect(() => {
    if (isWanted) void data.load();
  }, [data, isWanted]);
  return useMemo(
    () => (list ? needed.filter((each) => !isKept(list, each)).map((each) => sayMissing(each, list)) : []),
    [list, needed],
  );
}

function sayMissing({ id, node, options }: NeededByNode, list: readonly KeptData[]): Diagnostic {
  const { name } = options;
  const other = list.find((kept) => kept.id === id)?.options;
  return {
    code: 'data-missing',
    severity: 'error',
    node,
    message: other
      ? `The file ${name} is in this browser as ${sizeOf(other)}; ${sizeOf(options)} is needed.`
      : `The file ${name} (${sayRows(options)}) is needed, and is not in this browser.`,
    hint: 'Drop it anywhere on this page.',
  };
}

/** Images are kept in one size. */
const sizeOf = ({ shape, fit }: ImportOptions): string => `${shape.join(' × ')} (${fit})`;
