import { range } from '@/lib/util/range';
import {
  type Attribute,
  type Emit,
  INT32,
  INT64,
  input,
  ints,
  NotInOnnx,
  type Operator,
  out,
  padsOf,
  typeOf,
} from './emit';
import type { Step, Traced } from './trace';
import { convolution, pool, transposedConvolution } from './windows';

const END = 2 ** 31;

/** An operator with one input, whose name in TensorFlow.js is `of`. */
const unary =
  (
    op: string,
    of = 'x',
    attributes: (step: Step) => Readonly<Record<string, Attribute>> = () => ({}),
  ): Operator =>
  (emit, step) =>
    void emit.add(op, [emit.name(input(step, of))], attributes(step), out(step));

const binary =
  (op: string): Operator =>
  (emit, step) =>
    void emit.add(op, [emit.name(input(step, 'a')), emit.name(input(step, 'b'))], {}, out(step));

/** x ↦ f(x), in operators of ONNX. */
const composed =
  (
    write: (emit: Emit, x: string, step: Step) => readonly [op: string, inputs: readonly string[]],
  ): Operator =>
  (emit, step) => {
    const [op, inputs] = write(emit, emit.name(input(step, 'x')), step);
    emit.add(op, inputs, {}, out(step));
  };

const axesOf = ({ attrs, inputs }: Step, name: string): readonly number[] => {
  const axis = attrs[name];
  const rank = (inputs.x as Traced).shape.length;
  const list = Array.isArray(axis) ? axis : typeof axis === 'number' ? [axis] : range(rank);
  return list.map((each: number) => (each < 0 ? each + rank : each));
};

/** Axes are an attribute of all but the sum, in opset 17. */
const reduction =
  (op: string, axisName: string): Operator =>
  (emit, step) => {
    const axes = axesOf(step, axisName);
    const x = emit.name(input(step, 'x'));
    const keepdims = { int: step.attrs.keepDims ? 1 : 0 };
    // tfjs keeps the axes by a reshape of its own in some kernels: the shape of what comes out decides.
    const keeps = out(step).shape.length === input(step, 'x').shape.length ? { int: 1 } : keepdims;
    if (op === 'ReduceSum') emit.add(op, [x, emit.ints(axes)], { keepdims: keeps }, out(step));
    else emit.add(op, [x], { axes: ints(axes), keepdims: keeps }, out(step));
  };

/** Where the batch decides a length, one length may be left open. */
const reshape: Operator = (emit, step) => {
  const from = Object.values(step.inputs)[0] as Traced;
  const [a, b] = [out(step).shape, emit.other(out(step)).shape];
  const open = a.map((dim, i) => (dim === b[i] ? dim : -1));
  if (open.filter((dim) => dim < 0).length > 1) throw new NotInOnnx('two axes grow with the batch');
  emit.add('Reshape', [emit.name(from), emit.ints(open)], {}, out(step));
};

const slice: Operator = (emit, step) => {
  const [begin, size] = [step.attrs.begin, step.attrs.size] as [number[], number[]];
  const { shape } = input(step, 'x');
  const grown = emit.other(out(step)).shape;
  const ends = out(step).shape.map((dim, axis) => {
    const end = (begin[axis] as number) + dim;
    if (dim === grown[axis]) return end;
    if (end !== shape[axis]) throw new NotInOnnx('a part of the batch is cut out');
    return END;
  });
  if (size.length !== shape.length) throw new NotInOnnx('a part of some axes is cut out');
  const axes = emit.ints(range(shape.length));
  emit.add('Slice', [emit.name(input(step, 'x')), emit.ints(begin), emit.ints(ends), axes], {}, out(step));
};

const tile: Operator = (emit, step) => {
  const x = input(step, 'x');
  const [a, b] = [out(step).shape, emit.other(out(step)).shape];
  if (a.every((dim, i) => dim === b[i] || x.shape[i] === dim)) {
    const reps = a.map((dim, i) => dim / (x.shape[i] as number));
    emit.add('Tile', [emit.name(x), emit.ints(reps)], {}, out(step));
  } else if (a.every((dim, i) => x.shape[i] === 1 || x.shape[i] === dim))
    emit.add('Expand', [emit.name(x), emit.shapeOf(out(step))], {}, out(step));
  else throw new NotInOnnx('the batch is repeated');
};

function matMul(emit: Emit, step: Step, to?: Traced): string {
  const sides = (['a', 'b'] as const).map((side) => {
    const traced = input(step, side);
    const isTransposed = step.attrs[side === 'a' ? 'transposeA' : 'transposeB'] === true;
    if (!isTransposed) return emit.name(traced);
    const rank = traced.shape.length;
    const perm = [...range(rank - 2), rank - 1, rank - 2];
    return emit.add('Transpose', [emit.name(traced)], { perm: ints(perm) });
  });
  return emit.add('MatMul', sides, {}, to);
}

const activations: Readonly<Record<string, string>> = {
  linear: 'Identity',
  relu: 'Relu',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
};

const fusedMatMul: Operator = (emit, step) => {
  const product = matMul(emit, step);
  const sum = step.inputs.bias ? emit.add('Add', [product, emit.name(step.inputs.bias)]) : product;
  const op = activations[String(step.attrs.activation ?? 'linear')];
  if (!op) throw new NotInOnnx(`the activation ${step.attrs.activation} is fused`);
  emit.add(op, [sum], {}, out(step));
};

const pad =
  (mode: (step: Step) => string): Operator =>
  (emit, step) => {
    const paddings = step.attrs.paddings as readonly (readonly [number, number])[];
    const pads = emit.ints(padsOf(paddings));
    const how = mode(step);
    const value = how === 'constant' ? [emit.number(Number(step.attrs.constantValue ?? 0))] : [];
    emit.add('Pad', [emit.name(input(step, 'x')), pads, ...value], { mode: { text: how } }, out(step));
  };

const listed = (emit: Emit, step: Step): string[] => Object.values(step.inputs).map(emit.name);

/** Kernels of TensorFlow.js in operators of ONNX, opset 17. Images are turned to channels first and back. */
export const operators: Readonly<Record<string, Operator>> = {
  Abs: unary('Abs'),
  Ceil: unary('Ceil'),
  Cos: unary('Cos'),
  Elu: unary('Elu'),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  Floor: unary('Floor'),
  Identity: unary('Identity'),
  Log: unary('Log'),
  Neg: unary('Neg'),
  Reciprocal: unary('Reciprocal'),
  Relu: unary('Relu'),
  Round: unary('Round'),
  Selu: unary('Selu'),
  Sigmoid: unary('Sigmoid'),
  Sign: unary('Sign'),
  Sin: unary('Sin'),
  Softplus: unary('Softplus'),
  Sqrt: unary('Sqrt'),
  Tanh: unary('Tanh'),
  Square: composed((_, x) => ['Mul', [x, x]]),
  Rsqrt: composed((emit, x) => ['Reciprocal', [emit.add('Sqrt', [x])]]),
  Log1p: composed((emit, x) => ['Log', [emit.add('Add', [x, emit.number(1)])]]),
  Expm1: composed((emit, x) => ['Sub', [emit.add('Exp', [x]), emit.number(1)]]),
  Relu6: composed((emit, x) => ['Clip', [x, emit.number(0), emit.number(6)]]),
  ClipByValue: composed((emit, x, { attrs }) => [
    'Clip',
    [x, emit.number(Number(attrs.clipValueMin)), emit.number(Number(attrs.clipValueMax))],
  ]),
  Step: composed((emit, x, { attrs }) => [
    'Where',
    [emit.add('Greater', [x, emit.number(0)]), emit.number(1), emit.number(Number(attrs.alpha ?? 0))],
  ]),
  OnesLike: composed((emit, x) => ['Add', [emit.add('Mul', [x, emit.number(0)]), emit.number(1)]]),
  ZerosLike: composed((emit, x) => ['Mul', [x, emit.number(0)]]),
  LeakyRelu: unary('LeakyRelu', 'x', ({ attrs }) => ({ alpha: { float: Number(attrs.alpha) } })),
  Cast: unary('Cast', 'x', (step) => ({ to: { int: typeOf(out(step).dtype) } })),
  Add: binary('Add'),
  Sub: binary('Sub'),
  Multiply: binary('Mul'),
  RealDiv: binary('Div'),
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  Pow: binary('Pow'),
  Greater: binary('Greater'),
  GreaterEqual: binary('GreaterOrEqual'),
  Less: binary('Less'),
  LessEqual: binary('LessOrEqual'),
  Equal: binary('Equal'),
  LogicalAnd: binary('And'),
  SquaredDifference(emit, step) {
    const difference = emit.add('Sub', [emit.name(input(step, 'a')), emit.name(input(step, 'b'))]);
    emit.add('Mul', [difference, difference], {}, out(step));
  },
  Select: (emit, step) =>
    void emit.add(
      'Where',
      ['condition', 't', 'e'].map((name) => emit.name(input(step, name))),
      {},
      out(step),
    ),
  Softmax: unary('Softmax', 'logits', ({ attrs }) => ({ axis: { int: Number(attrs.dim ?? -1) } })),
  LogSoftmax: unary('LogSoftmax', 'logits', ({ attrs }) => ({ axis: { int: Number(attrs.axis ?? -1) } })),
  Mean: reduction('ReduceMean', 'axis'),
  Sum: reduction('ReduceSum', 'axis'),
  Prod: reduction('ReduceProd', 'axis'),
  Max: reduction('ReduceMax', 'reductionIndices'),
  Min: reduction('ReduceMin', 'axis'),
  Reshape: reshape,
  ExpandDims: reshape,
  Transpose: unary('Transpose', 'x', ({ attrs }) => ({ perm: ints(attrs.perm as number[]) })),
  Concat: (emit, step) =>
    void emit.add('Concat', listed(emit, step), { axis: { int: Number(step.attrs.axis) } }, out(step)),
  Pack(emit, step) {
    const axis = Number(step.attrs.axis);
    const apart = listed(emit, step).map((each) => emit.add('Unsqueeze', [each, emit.ints([axis])]));
    emit.add('Concat', apart, { axis: { int: axis } }, out(step));
  },
  ArgMax(emit, step) {
    const attributes = { axis: { int: Number(step.attrs.axis) }, keepdims: { int: 0 } };
    const found = emit.add('ArgMax', [emit.name(input(step, 'x'))], attributes);
    emit.add('Cast', [found], { to: { int: INT32 } }, out(step));
  },
  OneHot(emit, step) {
    const { depth, onValue, offValue } = step.attrs;
    const places = emit.add('Cast', [emit.name(input(step, 'indices'))], { to: { int: INT64 } });
    const values = emit.numbers([Number(offValue ?? 0), Number(onValue ?? 1)]);
    const hot = emit.add('OneHot', [places, emit.index(Number(depth)), values]);
    emit.add('Cast', [hot], { to: { int: typeOf(out(step).dtype) } }, out(step));
  },
  Unpack(emit, step) {
    const axis = Number(step.attrs.axis);
    step.outputs.forEach((each, i) => {
      emit.add('Gather', [emit.name(input(step, 'value')), emit.index(i)], { axis: { int: axis } }, each);
    });
  },
  SplitV(emit, step) {
    const axis = Number(step.attrs.axis);
    let at = 0;
    for (const each of step.outputs) {
      const length = each.shape.at(axis) as number;
      const [from, to] = [emit.ints([at]), emit.ints([at + length])];
      emit.add('Slice', [emit.name(input(step, 'x')), from, to, emit.ints([axis])], {}, each);
      at += length;
    }
  },
  Slice: slice,
  Tile: tile,
  PadV2: pad(() => 'constant'),
  MirrorPad: pad(({ attrs }) => {
    if (attrs.mode === 'reflect') return 'reflect';
    throw new NotInOnnx('a border is mirrored with its edge');
  }),
  BatchMatMul: (emit, step) => void matMul(emit, step, out(step)),
  _FusedMatMul: fusedMatMul,
  Conv2D: convolution,
  Conv2DBackpropInput: transposedConvolution,
  AvgPool: pool('AveragePool'),
  MaxPool: pool('MaxPool'),
};
