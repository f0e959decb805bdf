/** Why a GPU's own will not do. */
export const why =
  'Shading languages allow 2^-11 (WGSL) or leave it open (GLSL ES): off by 2e-4 on WebGL, 1e-4 in R1 on WebGPU; this is within 2e-7';

/**
 * Sine (of the angle `x`), or cosine, as `y`: statements that GLSL and WGSL share but for how they declare a number.
 * By the polynomials of Cephes within an eighth of a turn (https://netlib.org/cephes/), π/2 taken away in three
 * parts, the first of few digits, so that next to nothing is lost.
 */
export const sinOrCos = (kernel: 'Sin' | 'Cos', declare: 'vec4' | 'let'): string => `
  ${declare} turns = floor(x * 0.6366197723675814 + 0.5);
  ${declare} r = ((x - turns * 1.5703125) - turns * 4.837512969970703e-4) - turns * 7.54978995489188e-8;
  ${declare} s = r * r;
  ${declare} sine = r + r * s * (-1.6666654611e-1 + s * (8.3321608736e-3 - s * 1.9515295891e-4));
  ${declare} cosine = 1.0 - 0.5 * s
    + s * s * (4.166664568298827e-2 + s * (-1.388731625493765e-3 + s * 2.443315711809948e-5));
  ${declare} quarters = turns + ${kernel === 'Sin' ? '0.0' : '1.0'};
  ${declare} quarter = quarters - 4.0 * floor(quarters * 0.25);
  ${declare} odd = quarter - 2.0 * floor(quarter * 0.5);
  ${declare} y = mix(sine, cosine, odd) * (1.0 - 2.0 * step(1.5, quarter));`;
