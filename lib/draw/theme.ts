/** Colours and font of pictures; light and dark hold the values of app/globals.css. */
export interface DrawTheme {
  readonly background: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  /** Pictures and zero lines. */
  readonly grid: string;
  readonly real: string;
  readonly fake: string;
  /** A function over the line, and where a surface crosses its middle. */
  readonly curve: string;
  /** A surface below, at and above its middle: #rrggbb. */
  readonly surfaceLow: string;
  readonly surfaceMiddle: string;
  readonly surfaceHigh: string;
  readonly font: string;
}

const font =
  'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';

export const lightTheme: DrawTheme = {
  background: '#ffffff',
  ink: '#1b1b1f',
  inkSoft: '#55565c',
  inkFaint: '#6f7077',
  grid: '#e2e2de',
  real: '#2f78c4',
  fake: '#d9602e',
  curve: '#6d4aff',
  surfaceLow: '#f6e3cf',
  surfaceMiddle: '#fbfafd',
  surfaceHigh: '#cbbffc',
  font,
};

export const darkTheme: DrawTheme = {
  background: '#1e1f23',
  ink: '#ececf0',
  inkSoft: '#b3b4bc',
  inkFaint: '#8f909a',
  grid: '#33343a',
  real: '#62a8ee',
  fake: '#f08a5d',
  curve: '#9b83ff',
  surfaceLow: '#43352a',
  surfaceMiddle: '#222228',
  surfaceHigh: '#4c4187',
  font,
};

/** `#rrggbb` as three bytes. */
export function parseColor(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
