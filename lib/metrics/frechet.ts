/**
 * Fréchet distance of two samples as if they were Gaussian (Heusel et al. 2017):
 * ‖μ₁ - μ₂‖² + tr(Σ₁ + Σ₂ - 2 (Σ₁^½ Σ₂ Σ₁^½)^½).
 */
export function frechetDistance(a: Float32Array, b: Float32Array, size: number): number {
  const [p, q] = [momentsOf(a, size), momentsOf(b, size)];
  let distance = 0;
  for (let i = 0; i < size; i++) distance += ((p.mean[i] as number) - (q.mean[i] as number)) ** 2;
  const root = squareRoot(p.covariance, size);
  const inner = multiply(multiply(root, q.covariance, size), root, size);
  const { values } = eigen(inner, size);
  const trace = (m: Float64Array) => values.reduce((sum, _, i) => sum + (m[i * size + i] as number), 0);
  const shared = values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return Math.max(0, distance + trace(p.covariance) + trace(q.covariance) - 2 * shared);
}

function momentsOf(rows: Float32Array, size: number) {
  const n = rows.length / size;
  const mean = new Float64Array(size);
  rows.forEach((value, i) => {
    mean[i % size] = (mean[i % size] as number) + value / n;
  });
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < n; row++)
    for (let i = 0; i < size; i++) {
      const x = (rows[row * size + i] as number) - (mean[i] as number);
      for (let j = 0; j <= i; j++) {
        const y = (rows[row * size + j] as number) - (mean[j] as number);
        covariance[i * size + j] = (covariance[i * size + j] as number) + (x * y) / Math.max(1, n - 1);
      }
    }
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) covariance[j * size + i] = covariance[i * size + j] as number;
  return { mean, covariance };
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const x = a[i * size + k] as number;
      for (let j = 0; j < size; j++)
        out[i * size + j] = (out[i * size + j] as number) + x * (b[k * size + j] as number);
    }
  return out;
}

/** The symmetric root of a symmetric matrix without negative eigenvalues. */
function squareRoot(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = eigen(matrix, size);
  const scaled = vectors.map((value, at) => value * Math.max(0, values[at % size] as number) ** 0.25);
  // V √Λ Vᵀ = (V Λ^¼)(V Λ^¼)ᵀ
  const transposed = scaled.map((_, at) => scaled[(at % size) * size + Math.floor(at / size)] as number);
  return multiply(scaled, transposed, size);
}

const MOST_SWEEPS = 30;

/** Eigenvalues, and eigenvectors as columns, of a symmetric matrix: cyclic Jacobi rotations. */
export function eigen(matrix: Float64Array, size: number) {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const total = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) off += (a[p * size + q] as number) ** 2;
    if (!(off > 1e-22 * total)) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
  }
  return { values: Array.from({ length: size }, (_, i) => a[i * size + i] as number), vectors };
}

/** Makes a[p, q] zero by a rotation of the axes p and q. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const off = a[p * size + q] as number;
  if (off === 0) return;
  const theta = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (m: Float64Array, x: number, y: number) => {
    const [u, v] = [m[x] as number, m[y] as number];
    m[x] = c * u - s * v;
    m[y] = s * u + c * v;
  };
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k++) turn(vectors, k * size + p, k * size + q);
}
