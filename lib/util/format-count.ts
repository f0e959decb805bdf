/**
 * 17,154: a comma at the thousands, and at most three digits of a fraction. As `toLocaleString('en')` writes it, whose
 * first use takes about 20 ms of a page's first load.
 */
export const formatCount = (value: number): string =>
  String(Number(value.toFixed(3))).replace(/^-?\d+(?=\.|$)/, (whole) =>
    whole.replace(/\B(?=(\d{3})+$)/g, ','),
  );
