import { ScrollRegion } from '@/components/ui/scroll-region';
import type { CheckedNode } from '@/lib/check/checked';
import type { InputPort, NodeDefinition, OutputPort } from '@/lib/nodes/define';
import { formatShape } from '@/lib/shapes/shape';
import styles from './reference.module.css';

/** What goes in and out. A call's ports are those of the network that it applies in the picture. */
export function PortTable(props: { readonly definition: NodeDefinition; readonly subject: CheckedNode }) {
  const { definition, subject } = props;
  const { inputs, outputs, outputShapes } = subject;
  if (inputs.length + outputs.length === 0) return null;
  const row = (port: InputPort | OutputPort, way: 'in' | 'out') => {
    const shape = way === 'out' ? outputShapes.get(port.name) : undefined;
    return (
      <tr key={`${way} ${port.name}`}>
        <th scope="row">
          <span className={styles.dot} data-type={port.type} aria-hidden />
          {port.name}
        </th>
        <td>{way}</td>
        <td>
          {typeWords[port.type]}
          {'many' in port && port.many ? ', several wires' : ''}
          {'optional' in port && port.optional ? ', may be left out' : ''}
        </td>
        <td>
          {port.help} {shape && port.type === 'tensor' ? `Above: ${formatShape(shape)}.` : ''}
        </td>
      </tr>
    );
  };
  return (
    <section aria-labelledby="ports">
      <h2 id="ports">Ports</h2>
      {definition.role === 'call' ? (
        <p className={styles.remark}>
          Named after the inputs and outputs of the network; here those of the first call.
        </p>
      ) : null}
      <ScrollRegion label="Table of ports" className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Port</th>
              <th scope="col">Side</th>
              <th scope="col">Carries</th>
              <th scope="col">What it is</th>
            </tr>
          </thead>
          <tbody>
            {inputs.map((port) => row(port, 'in'))}
            {outputs.map((port) => row(port, 'out'))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

const typeWords = {
  tensor: 'a tensor',
  scalar: 'a loss',
  theta: 'θ of a network',
  player: 'a player',
} as const;
