/** What a custom property of the page's theme is now. */
export const css = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
