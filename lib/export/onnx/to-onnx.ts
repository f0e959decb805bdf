import { mention } from '@/lib/check/mention';
import type { Plan, Ref } from '@/lib/compile/plan';
import { type CompiledGame, createGame } from '@/lib/compile/tf/game';
import type { StateData } from '@/lib/compile/tf/state';
import { gameTasks, refKey } from '@/lib/compile/tf/tasks';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { splitEndpoint } from '@/lib/graph/schema';
import type { Tf } from '@/lib/nodes/define';
import { sizeOf } from '@/lib/shapes/shape';
import { classInputs, noiseInput, PROBED } from '@/lib/train/sample-set';
import { encodeMessage, type Field } from '../protobuf';
import { type Attribute, type Emit, FLOAT, INT64, NotInOnnx, typeOf } from './emit';
import { operators } from './operators';
import { type Constant, type Step, type Trace, type Traced, traceSamples } from './trace';

/** The model, and what its inputs are called: by the output of the source that gives them here. */
type OnnxExport =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly inputs: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

interface OnnxOptions {
  readonly of: Ref;
  readonly weights?: 'live' | 'ema';
  readonly state?: StateData | undefined;
}

const [IR_VERSION, OPSET] = [8, 17];
/** Rows of the two evaluations: what differs between them grows with the batch. */
const [ROWS, MORE] = [2, 3];
/** More than rounding. */
const FAR = 1e-4;

/**
 * What makes an output as an ONNX model: noise and labels in, samples out, for any number of rows. It is read off what
 * TensorFlow.js computes in eval mode, so every kind whose kernels have operators is written without a line of its own.
 */
export function onnxModel(tf: Tf, plan: Plan, { of, weights, state }: OnnxOptions): OnnxExport {
  const game = createGame(tf, plan);
  try {
    if (state) game.writeState(state);
    const request = { of, ...(weights && { weights }) };
    const names = inputNames(game, plan, of);
    const keys = Object.keys(names);
    const [trace, more] = [ROWS, MORE].map((rows) => traceSamples(tf, game, request, keys, rows)) as [
      Trace,
      Trace,
    ];
    insistOnRows(trace, more);
    const reach = [...trace.inputs].filter(([, { id }]) =>
      trace.steps.some(({ inputs }) => Object.values(inputs).some((taken) => taken.id === id)),
    );
    const inputs = Object.fromEntries(reach.map(([key]) => [key, names[key] as string]));
    return { ok: true, bytes: assemble(trace, more, inputs), inputs };
  } catch (error) {
    if (!(error instanceof Unwritten)) throw error;
    return { ok: false, diagnostics: [error.diagnostic] };
  } finally {
    game.dispose();
  }
}

/** `latent` for noise, `labels` for classes, else the source's own id; numbered where there are several. */
function inputNames(game: CompiledGame, plan: Plan, of: Ref): Record<string, string> {
  const drawn = gameTasks(plan, [of]).flatMap(({ node, definition }) =>
    definition.role === 'source'
      ? Object.entries(game.drawRows(node.id, PROBED)).map(([port, data]) => {
          const label = refKey({ node: node.id, port });
          const dims = [PROBED.length, ...(node.outputShapes[port]?.dims ?? [])];
          return [label, { data, dims, label }] as const;
        })
      : [],
  );
  const read = Object.fromEntries(drawn);
  const noise = noiseInput(plan, { read });
  const classes = new Set(classInputs(plan, { read }).map(({ key }) => key));
  const used = new Map<string, number>();
  return Object.fromEntries(
    Object.keys(read).map((key) => {
      const plain = key === noise ? 'latent' : classes.has(key) ? 'labels' : splitEndpoint(key).id;
      const count = (used.get(plain) ?? 0) + 1;
      used.set(plain, count);
      return [key, count > 1 ? `${plain}-${count}` : plain];
    }),
  );
}

class Unwritten extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
  }
}

function assemble(trace: Trace, more: Trace, names: Readonly<Record<string, string>>): Uint8Array {
  const nodes: Field[] = [];
  const initializers: Field[] = [];
  const known = new Map<number, string>();
  let made = 0;
  const fresh = () => `t${++made}`;
  const others = othersOf(trace, more);
  const used = [...trace.inputs].filter(([key]) => key in names);
  for (const [key, traced] of used) known.set(traced.id, names[key] as string);
  const [first] = used;
  if (!first) throw unwritten(undefined, 'nothing that is drawn reaches the samples');

  const initializer = (fields: readonly Field[]): string => {
    const name = `c${initializers.length}`;
    initializers.push([5, 'message', [...fields, [8, 'string', name]]]);
    return name;
  };
  const add: Emit['add'] = (op, inputs, attributes = {}, to) => {
    const output = fresh();
    if (to) known.set(to.id, output);
    nodes.push([
      1,
      'message',
      [
        ...inputs.map((name): Field => [1, 'string', name]),
        [2, 'string', output],
        [4, 'string', op],
        ...Object.entries(attributes).map(
          ([name, value]): Field => [5, 'message', attributeFields(name, value)],
        ),
      ],
    ]);
    return output;
  };
  const ints = (values: readonly number[]) => initializer(int64Fields(values, [values.length]));
  let batch: string | undefined;
  /** How many rows there are, [1]. */
  const rows = (): string => {
    batch ??= add('Gather', [add('Shape', [names[first[0]] as string]), ints([0])], { axis: { int: 0 } });
    return batch;
  };
  const shapeOf = (traced: Traced): string => {
    const grown = others.get(traced.id)?.shape ?? traced.shape;
    const parts = traced.shape.map((dim, i) => {
      if (dim === grown[i]) return ints([dim]);
      if (dim !== ROWS || grown[i] !== MORE) throw new NotInOnnx('an axis is a multiple of the batch');
      return rows();
    });
    return add('Concat', parts, { axis: { int: 0 } });
  };
  /** Numbers that no input changes; those that are repeated for each row are kept once. */
  const constant = (traced: Traced): string => {
    const found = trace.constants.get(traced.id);
    if (!found) throw new NotInOnnx('a number comes from nowhere');
    const grown = others.get(traced.id) ?? traced;
    if (grown.shape.join() === found.shape.join()) return initializer(tensorFields(found));
    const size = sizeOf(found.shape.slice(1));
    const row = found.values.slice(0, size);
    if (!found.values.every((value, i) => value === row[i % size]))
      throw new NotInOnnx('each row has random numbers of its own');
    const one = initializer(tensorFields({ ...found, shape: [1, ...found.shape.slice(1)], values: row }));
    return add('Expand', [one, shapeOf(traced)]);
  };
  const name = (traced: Traced): string => {
    const there = known.get(traced.id) ?? constant(traced);
    known.set(traced.id, there);
    return there;
  };

  for (const step of trace.steps) {
    const operator = Object.hasOwn(operators, step.kernel) ? operators[step.kernel] : undefined;
    if (!operator)
      throw unwritten(step, `TensorFlow.js computes it by ${step.kernel}, which has no operator here`);
    try {
      operator(
        {
          name,
          add,
          ints,
          number: (value) => initializer(floatFields([value], [])),
          numbers: (values) => initializer(floatFields(values, [values.length])),
          index: (value) => initializer(int64Fields([value], [])),
          shapeOf,
          other: (traced) => others.get(traced.id) ?? traced,
        },
        step,
      );
    } catch (error) {
      if (error instanceof NotInOnnx) throw unwritten(step, error.message);
      throw error;
    }
  }
  nodes.push([
    1,
    'message',
    [
      [1, 'string', name(trace.output)],
      [2, 'string', 'samples'],
      [4, 'string', 'Identity'],
    ],
  ]);
  return encodeMessage([
    [1, 'varint', IR_VERSION],
    [2, 'string', 'Ganvas'],
    [
      7,
      'message',
      [
        ...nodes,
        [2, 'string', 'generator'],
        ...initializers,
        ...used.map(([key, { shape }]): Field => [11, 'message', valueFields(names[key] as string, shape)]),
        [12, 'message', valueFields('samples', trace.output.shape)],
      ],
    ],
    [8, 'message', [[2, 'varint', OPSET]]],
  ]);
}

/** A sample may not depend on the others of its batch: another batch would give another model. */
function insistOnRows(trace: Trace, more: Trace): void {
  for (const [at, row] of trace.rows) {
    const other = more.rows.get(at);
    const scale = Math.max(1, ...row.map(Math.abs));
    if (
      other?.length !== row.length ||
      row.some((value, i) => Math.abs(value - (other[i] as number)) > FAR * scale)
    )
      throw unwritten({ at }, 'what it gives for a sample depends on the others of the batch');
  }
}

/** Each tensor of the one evaluation as it is in the other. */
function othersOf(trace: Trace, more: Trace): ReadonlyMap<number, Traced> {
  const same = trace.steps.length === more.steps.length;
  const pairs = trace.steps.flatMap((step, i): (readonly [Traced, Traced | undefined])[] => {
    const other = more.steps[i];
    if (!same || other?.kernel !== step.kernel)
      throw unwritten(step, 'what is computed depends on how many rows there are');
    return [
      ...Object.entries(step.inputs).map(([name, traced]) => [traced, other.inputs[name]] as const),
      ...step.outputs.map((traced, k) => [traced, other.outputs[k]] as const),
    ];
  });
  return new Map(pairs.flatMap(([traced, other]) => (other ? [[traced.id, other] as const] : [])));
}

function unwritten(step: Pick<Step, 'at'> | undefined, why: string): Unwritten {
  const node = splitEndpoint(step?.at.split('/').at(-1) ?? '').id;
  return new Unwritten({
    code: 'not-in-onnx',
    severity: 'error',
    ...(node && { node }),
    message: `${node ? mention(node) : 'The generator'} cannot be written as ONNX: ${why}.`,
    hint: 'Export to PyTorch writes every kind.',
  });
}

const dimFields = (shape: readonly number[]): Field[] => shape.map((dim) => [1, 'varint', dim]);

const tensorFields = ({ shape, dtype, values }: Constant): Field[] => [
  ...dimFields(shape),
  [2, 'varint', typeOf(dtype)],
  [9, 'bytes', new Uint8Array(values.buffer, values.byteOffset, values.byteLength)],
];

const floatFields = (values: readonly number[], shape: readonly number[]): Field[] => [
  ...dimFields(shape),
  [2, 'varint', FLOAT],
  [9, 'bytes', new Uint8Array(Float32Array.from(values).buffer)],
];

const int64Fields = (values: readonly number[], shape: readonly number[]): Field[] => [
  ...dimFields(shape),
  [2, 'varint', INT64],
  [9, 'bytes', new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer)],
];

/** Numbers by which AttributeProto says what it holds. */
function attributeFields(name: string, value: Attribute): Field[] {
  const named: Field = [1, 'string', name];
  if ('ints' in value)
    return [named, ...value.ints.map((each): Field => [8, 'varint', each]), [20, 'varint', 7]];
  if ('int' in value) return [named, [3, 'varint', value.int], [20, 'varint', 2]];
  if ('float' in value) return [named, [2, 'float', value.float], [20, 'varint', 1]];
  return [named, [4, 'string', value.text], [20, 'varint', 3]];
}

/** A tensor of floats whose rows are as many as the batch. */
const valueFields = (name: string, [, ...dims]: readonly number[]): Field[] => [
  [1, 'string', name],
  [
    2,
    'message',
    [
      [
        1,
        'message',
        [
          [1, 'varint', FLOAT],
          [
            2,
            'message',
            [
              [1, 'message', [[2, 'string', 'batch']]],
              ...dims.map((dim): Field => [1, 'message', [[1, 'varint', dim]]]),
            ],
          ],
        ],
      ],
    ],
  ],
];
