import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Example, NodeDefinition } from '@/lib/nodes/define';
import { formatDims } from '@/lib/shapes/shape';
import styles from './reference.module.css';

/** The shapes that a kind's examples say and its tests hold. */
export function ShapeTable({ definition: { examples = [] } }: { readonly definition: NodeDefinition }) {
  const listed = examples.filter(
    ({ inputs, outputs }) => Object.keys(inputs).length + Object.keys(outputs).length > 0,
  );
  if (listed.length === 0) return null;
  return (
    <section aria-labelledby="shapes">
      <h2 id="shapes">Shapes</h2>
      <p className={styles.remark}>Shapes of one example, without the batch. A loss is one number, [].</p>
      <ScrollRegion label="Table of shapes" className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">In</th>
              <th scope="col">Out</th>
              <th scope="col">With</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((example, i) => (
              <tr key={i}>
                <td>{list(example.inputs)}</td>
                <td>{list(example.outputs)}</td>
                <td>{example.params ? <code>{paramsText(example.params)}</code> : 'defaults'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

const list = (ports: Example['inputs']): string =>
  Object.entries(ports)
    .map(([name, dims]) => `${name} ${isMany(dims) ? dims.map(formatDims).join(' ') : formatDims(dims)}`)
    .join(', ');

const isMany = (dims: Example['inputs'][string]): dims is readonly (readonly number[])[] =>
  Array.isArray(dims[0]);

const paramsText = (params: Readonly<Record<string, unknown>>): string => {
  const text = Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
  return text.length > 90 ? `${text.slice(0, 88)} …` : text;
};
