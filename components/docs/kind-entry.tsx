import type { NodeDefinition, PortType } from '@/lib/nodes/define';
import { fieldsOf } from './fields';
import styles from './reference.module.css';
import { Tex } from './tex';

interface Port {
  readonly name: string;
  readonly type: PortType;
  readonly help?: string;
  readonly many?: true;
  readonly optional?: true;
}

/** One kind: what it does, its formula, its ports and parameters, and where it comes from. */
export function KindEntry({ definition }: { readonly definition: NodeDefinition }) {
  const { kind, title, summary, formula, source, place } = definition;
  const fields = fieldsOf(definition);
  const { inputs, outputs } = portsOf(definition);
  return (
    <article id={kind} className={styles.kind}>
      <header className={styles.head}>
        <h3 className={styles.title}>
          <a href={`#${kind}`}>{title}</a>
        </h3>
        <code className={styles.code}>{kind}</code>
        <span className={styles.place}>
          {place.map((one) => (one === 'network' ? 'in a network' : 'in the game')).join(', ')}
        </span>
      </header>
      <p className={styles.summary}>{summary}</p>
      {formula ? <Tex formula={formula} /> : null}
      <Ports title="In" ports={inputs} />
      <Ports title="Out" ports={outputs} />
      {fields.length > 0 ? (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col">Default</th>
                <th scope="col">Range</th>
                <th scope="col">What it does</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ name, label, help, unit, fallback, range, isLive }) => (
                <tr key={name}>
                  <th scope="row">
                    {label}
                    {unit ? ` (${unit})` : ''}
                    <code className={styles.code}>{name}</code>
                  </th>
                  <td>{fallback === undefined ? '' : <code>{fallback}</code>}</td>
                  <td>{range}</td>
                  <td>
                    {help} {isLive ? <span className={styles.live}>Acts at once.</span> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {source ? (
        <p className={styles.source}>
          Source:{' '}
          <a href={source.url} target="_blank" rel="noreferrer">
            {source.label}
          </a>
        </p>
      ) : null}
    </article>
  );
}

/** The ports with default parameters; a call's are its network's, so it has none of its own. */
function portsOf(definition: NodeDefinition): { inputs: readonly Port[]; outputs: readonly Port[] } {
  const parsed = definition.params.safeParse({});
  if (!parsed.success) return { inputs: [], outputs: [] };
  const scope = { network: () => undefined };
  return {
    inputs: definition.inputs(parsed.data, scope),
    outputs: definition.outputs(parsed.data, scope),
  };
}

function Ports({ title, ports }: { readonly title: string; readonly ports: readonly Port[] }) {
  if (ports.length === 0) return null;
  return (
    <p className={styles.ports}>
      <span className={styles.label}>{title}</span>
      {ports.map(({ name, type, help, many, optional }) => (
        <span key={name} className={styles.port} title={help} data-type={type}>
          {name}
          <small>
            {type}
            {many ? ', many' : ''}
            {optional ? ', optional' : ''}
          </small>
        </span>
      ))}
    </p>
  );
}
