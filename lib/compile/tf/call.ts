import type { Tensor, Tensors } from '@/lib/nodes/define';
import { LOG_DET } from '@/lib/nodes/network/call';
import { readCall } from '@/lib/nodes/role-params';
import { assert, defined } from '@/lib/util/assert';
import type { PlanNetwork, PlanNode, Ref } from '../plan';
import { type Application, applyNetwork, argumentsOf } from './apply-network';
import { inputsOf, type Pass, unseen, type Values } from './pass';
import { definitionOf, networkTasks, refKey } from './tasks';

/** A call's outputs: of its network applied, run backwards, or sampled from. */
export function evaluateCall(pass: Pass, node: PlanNode, ports: readonly string[], values: Values): Tensors {
  const { network: id, weights, mode, inverse, sample } = readCall(node.params);
  const network = defined(pass.networks.get(id), `network ${id}`);
  const application: Application = {
    call: node.id,
    bindings: weights === 'ema' ? pass.ema : pass.live,
    mode,
    inputs: inputsOf(node, (ref) => values.get(refKey(ref))) as Record<string, Tensor>,
    outputs: ports,
    // An average is read, never written to.
    observes: weights === 'live' && mode === 'train',
  };
  if (inverse) return flowNetwork(pass, network, application, 'inverse');
  if (ports.includes(LOG_DET)) return flowNetwork(pass, network, application, 'forward');
  if (sample === 'autoregressive') return sampleNetwork(pass, network, application);
  return applyNetwork(pass, network, application);
}

type Direction = 'forward' | 'inverse';

/**
 * An invertible network, a chain, in one direction: x ↦ z or z ↦ x, and log |det| of the Jacobian of that
 * direction per example, [rows, 1].
 */
function flowNetwork(
  pass: Pass,
  network: PlanNetwork,
  application: Application,
  direction: Direction,
): Tensors {
  const { tf } = pass;
  const input = defined(network.inputs[0], `an input of ${network.id}`);
  const output = defined(network.outputs[0], `an output of ${network.id}`);
  const [from, to] = direction === 'forward' ? [input, output] : [output, input];
  const hooked = (origin: Ref | undefined, tensor: Tensor): Tensor =>
    (origin && pass.hook?.({ call: application.call, ...origin }, tensor)) ?? tensor;
  let tensor = hooked(
    direction === 'forward' ? { node: input.node, port: 'out' } : output.from,
    defined(application.inputs[from.name], `${application.call}.${from.name}`),
  );
  let logDet: Tensor = tf.zeros([tensor.shape[0] ?? 1]);
  const chain = networkTasks(network, output.name).filter(({ state }) => state !== 'bypassed');
  for (const layer of direction === 'forward' ? chain : [...chain].reverse()) {
    const definition = definitionOf(layer.kind);
    assert(definition.role === 'layer' || definition.role === 'op', `${layer.kind} applies to tensors`);
    const [[taken, shapes] = []] = Object.entries(layer.inputShapes);
    const [given] = Object.keys(layer.outputShapes);
    const [read, written] = direction === 'forward' ? [taken, given] : [given, taken];
    const flowed = definition.flow?.(
      tf,
      {
        ...argumentsOf(pass, layer, application, { [defined(read, layer.id)]: tensor }),
        shapes: { [defined(taken, layer.id)]: defined(shapes?.[0], layer.id) },
      },
      direction,
    );
    assert(flowed !== undefined, `${layer.kind} is invertible`);
    const port = defined(written, layer.id);
    const origin = direction === 'forward' ? { node: layer.id, port } : layer.inputs[port]?.[0];
    tensor = hooked(origin, defined(flowed.tensors[port], layer.id));
    logDet = tf.add(logDet, flowed.logDet);
  }
  return { [to.name]: tensor, [LOG_DET]: tf.reshape(logDet, [-1, 1]) };
}

/**
 * Binary variables drawn one after another, [rows, D], from a network that gives the logit of each from those
 * before it (Germain et al. 2015). With one uniform number kept per variable, the k-th application settles the
 * k-th variable whatever their order, so D of them draw the sample. How many rows is read from the input.
 */
function sampleNetwork(pass: Pass, network: PlanNetwork, application: Application): Tensors {
  const { tf } = pass;
  const input = defined(network.inputs[0], `an input of ${network.id}`);
  const output = defined(network.outputs[0], `an output of ${network.id}`);
  const like = defined(application.inputs[input.name], `${application.call}.${input.name}`);
  // tfjs takes seed 0 for "no seed".
  const seed = pass.seed(application.call, application.call, 'sample') + 1;
  const uniform = tf.randomUniform(like.shape, 0, 1, 'float32', seed);
  let drawn: Tensor = tf.zerosLike(like);
  const quiet = unseen(pass);
  for (let variable = 0; variable < like.size / (like.shape[0] ?? 1); variable++) {
    const inputs = { [input.name]: drawn };
    drawn = tf.tidy(() => {
      const applied = applyNetwork(quiet, network, { ...application, inputs, outputs: [output.name] });
      return tf.step(tf.sub(tf.sigmoid(defined(applied[output.name], output.name)), uniform));
    });
  }
  return { [output.name]: drawn };
}
