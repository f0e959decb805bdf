/**
 * Runs before the first paint, so that a dark page never flashes white. It also leaves the page's nonce where
 * libraries that add style elements look for it.
 */
export const themeScript = `(() => {
  let theme;
  try { theme = localStorage.getItem('ganvas-theme'); } catch {}
  if (theme !== 'light' && theme !== 'dark')
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
  window.__webpack_nonce__ = document.currentScript.nonce;
})();`;
