import { type Browser, chromium, type Page } from 'playwright';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { gameDocument } from '../games/games';
import type { Reply, Request, SideConfig } from '../sides/side';
import type { Handle } from './handle';
import { openSite, type Site } from './site';

/**
 * One headless Chromium with one page, in which every side is a worker. Without `gpu` its WebGL is SwiftShader's.
 * A side that was given up may leave the GPU process busy for minutes: `restart` opens a new browser.
 */
export interface Chromium {
  readonly version: string;
  /** What WebGL says that it draws with. */
  readonly renderer: string;
  start(config: SideConfig): Promise<Handle>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const webgpu = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];
const software = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--use-webgpu-adapter=swiftshader',
];
const hardware = ['--use-angle=vulkan', '--ignore-gpu-blocklist', '--disable-vulkan-surface'];
const flagsOf = (gpu: boolean) => [
  '--no-sandbox',
  '--disable-gpu-watchdog',
  ...webgpu,
  ...(gpu ? hardware : software),
];

export async function openChromium({ gpu }: { readonly gpu: boolean }): Promise<Chromium> {
  const executablePath = await ensureChromium();
  const site = await openSite();
  let { browser, page } = await openPage(executablePath, site, gpu);
  let sides = 0;
  const renderer = await page.evaluate(() => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    const about = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl && about ? String(gl.getParameter(about.UNMASKED_RENDERER_WEBGL)) : 'no WebGL 2';
  });
  return {
    version: browser.version(),
    renderer,
    async start(config) {
      const id = String(sides++);
      const own = page;
      const start = { type: 'start', config, document: gameDocument(config.game) };
      const first = await own.evaluate(({ id, script, start }) => window.start(id, script, start), {
        id,
        script: `/${config.player}.js`,
        start,
      });
      if (first.type === 'failed') throw new Error(first.message);
      return {
        ask: (request) => own.evaluate(([id, request]) => window.ask(id, request), [id, request] as const),
        // The browser may be gone, by a restart.
        end: () => own.evaluate((id) => window.end(id), id).catch(() => undefined),
      };
    },
    async restart() {
      await browser.close();
      ({ browser, page } = await openPage(executablePath, site, gpu));
    },
    async close() {
      await browser.close();
      site.close();
    },
  };
}

async function openPage(
  executablePath: string,
  site: Site,
  gpu: boolean,
): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: flagsOf(gpu),
    // A signal ends the whole bench, and that ends the browser; by default only the browser would end.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const page = await browser.newPage();
  await page.goto(site.url);
  return { browser, page };
}

declare global {
  interface Window {
    start(id: string, script: string, message: unknown): Promise<Reply>;
    ask(id: string, request: Request): Promise<Reply>;
    end(id: string): void;
  }
}
