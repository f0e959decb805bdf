import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { examples, findExample } from '@/lib/examples/catalogue';
import { decodeSafetensors } from '@/lib/export/safetensors';
import { readEvents } from '@/lib/export/testing/read-events';
import { type Ended, ganvas, start } from './testing/process';

// A process takes half a second to start, the first bundles the sources; more on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The command line as its users have it: a process, its two outputs, its exit status. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const lastLine = ({ out }: Ended) => JSON.parse(out.trim().split('\n').at(-1) ?? '');
const write = (name: string, document: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
};
/** A document that a test breaks on purpose. */
interface Loose {
  nodes: { id: string; params?: Record<string, unknown>; state?: string }[];
}
const copyOf = (id: string) => structuredClone(findExample(id)?.document) as unknown as Loose;
const edit = (change: (node: Loose['nodes'][number]) => void): Loose => {
  const document = copyOf('ring');
  for (const node of document.nodes) change(node);
  return document;
};

describe('ganvas', () => {
  test('list: an id first on each line', async () => {
    const { code, out } = await ganvas(['list']);
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(examples.map(({ id }) => id));
  });

  test('export onnx writes the generator, or names what cannot be written', async () => {
    const path = join(folder, 'generator.onnx');
    expect(await ganvas(['export', 'onnx', 'gan-lab', '-o', path])).toMatchObject({
      code: 0,
      error: expect.stringMatching(/ as samples, from latent \(.*\.out\)\.\n$/),
    });
    expect(readFileSync(path).includes('MatMul')).toBe(true);
    expect(await ganvas(['export', 'onnx', 'discrete-outputs', '-o', path])).toMatchObject({
      code: 2,
      error: expect.stringContaining('cannot be written as ONNX: each row has random numbers of its own.'),
    });
  });

  test('export huggingface writes weights, settings, a card with metrics and a script', async () => {
    const [run, model] = [join(folder, 'hf-run'), join(folder, 'hf-model')];
    await ganvas(['train', 'gan-lab', '--iterations', '5', '--out', run]);
    const ended = await ganvas(['export', 'huggingface', 'gan-lab', '--checkpoint', run, '-o', model]);
    expect(ended).toMatchObject({ code: 0, out: '' });
    const names = [
      'README.md',
      'config.json',
      'game.py',
      'generate.py',
      'graph.json',
      'model.safetensors',
      'requirements.txt',
    ];
    expect(readdirSync(model).sort()).toEqual(names);
    const read = (name: string) => readFileSync(join(model, name), 'utf8');
    expect(JSON.parse(read('config.json'))).toMatchObject({ iteration: 5, batchSize: expect.any(Number) });
    expect(read('README.md')).toMatch(/\| Wasserstein distance: Distance \| [\d.]+ \|/);
    expect(decodeSafetensors(readFileSync(join(model, 'model.safetensors'))).ok).toBe(true);
    expect(read('game.py')).toContain('WEIGHTS = "model.safetensors"');
  });

  test('train --tensorboard writes losses, metrics and pictures as event files', async () => {
    const events = join(folder, 'events');
    const train = ['train', 'gan-lab', '--iterations', '20'];
    const { code, out } = await ganvas([...train, '--tensorboard', events]);
    expect(code).toBe(0);
    // What is looked at on the way changes nothing.
    expect(lastLine({ out } as Ended).digest).toBe(lastLine(await ganvas(train)).digest);
    const [name = '', ...others] = readdirSync(events);
    expect(name).toMatch(/^events\.out\.tfevents\.\d+\.ganvas$/);
    expect(others).toEqual([]);
    const read = readEvents(new Uint8Array(readFileSync(join(events, name))));
    expect(read[0]).toMatchObject({ version: 'brain.Event:2', values: [] });
    const steps = read.filter(({ values }) =>
      values.some((each) => 'tag' in each && each.tag === 'loss/sgd-d'),
    );
    expect(steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 20 }, (_, i) => (steps[0]?.step as number) + i),
    );
    const tags = new Set(
      read.flatMap(({ values }) => values.map((each) => ('tag' in each ? String(each.tag) : ''))),
    );
    expect([...tags]).toEqual(expect.arrayContaining(['loss/sgd-g', 'samples/image/0']));
  });

  test('list --json: id, title, rows of the table of systems and paper of each example', async () => {
    const { code, out } = await ganvas(['list', '--json']);
    expect(code).toBe(0);
    const listed = JSON.parse(out);
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(examples.map(({ id }) => id));
    expect(listed.find(({ id }: { id: string }) => id === 'wgan-gp')).toEqual({
      id: 'wgan-gp',
      title: findExample('wgan-gp')?.document.title,
      rows: [18],
      paper: { label: 'Gulrajani et al. 2017', url: 'https://arxiv.org/abs/1704.00028' },
    });
  });

  test.each([['list'], ['link'], ['train'], ['export']])(
    '%s: an unknown option is a sentence',
    async (command) => {
      const ended = await ganvas([command, 'ring', '--sing']);
      expect(ended).toMatchObject({ code: 2, out: '', error: expect.stringContaining("'--sing'") });
      expect(ended.error).not.toContain('    at ');
    },
  );

  test('kinds: the registry as JSON with parameters as JSON Schema', async () => {
    const { out } = await ganvas(['kinds']);
    const dense = JSON.parse(out).find(({ kind }: { kind: string }) => kind === 'dense');
    expect(dense).toMatchObject({ role: 'layer', place: ['network'], category: 'Layers' });
    expect(dense.params.properties.units).toMatchObject({ type: 'integer', default: 64 });
    expect(dense.inputs).toEqual([{ name: 'in', type: 'tensor' }]);
  });

  test('check: diagnostics, shapes of all ports and cost; exit 0 or 2', async () => {
    const good = await ganvas(['check', 'ring']);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out).shapes).toMatchObject({
      'fake.x': [2],
      'g-dense-1.out': [128],
      'loss.real': [1],
    });
    expect(JSON.parse(good.out).cost.parameters).toBe(67_203);
    const path = write(
      'bad.json',
      edit((node) => {
        if (node.id === 'g-dense-1') node.params = { units: 0 };
      }),
    );
    const bad = await ganvas(['check', path]);
    expect(bad.code).toBe(2);
    expect(JSON.parse(bad.out).diagnostics[0]).toMatchObject({ severity: 'error', node: 'g-dense-1' });
  });

  test('show: the same for people', async () => {
    const { code, out } = await ganvas(['show', 'ring']);
    expect(code).toBe(0);
    expect(out).toContain('Generator (G): 33,666 parameters, EMA 0.999');
  });

  test('link: an address that holds the graph', async () => {
    const { out } = await ganvas(['link', 'ring', '--origin', 'https://example.org']);
    expect(out).toMatch(/^https:\/\/example\.org\/edit#g=1\.[\w-]+\n$/);
  });

  test('link: one that would be too long to be read is refused', async () => {
    const document = { format: 'ganvas', version: 1, title: 'Long', nodes: [] as unknown[] };
    // Text that deflate cannot shrink below six bits a character.
    const text = () => randomBytes(14_000).toString('base64').slice(0, 18_000);
    for (let i = 0; i < 70; i++)
      document.nodes.push({ id: `n${i}`, kind: 'note', at: [0, 0], params: { text: text() } });
    const { code, out, error } = await ganvas(['link', write('long.json', document)]);
    expect(error).toMatch(
      /^The link would have 1,\d{3},\d{3} characters; at most 1,000,000 are read\. .+ file/,
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  describe('a link wherever a graph goes', () => {
    let link: string;
    beforeAll(async () => {
      link = (await ganvas(['link', 'gan-lab', '--origin', 'https://example.org'])).out.trim();
    });
    const read = (args: string[], input: string) => ganvas(args, input);

    test('show and check say of it what they say of the example', async () => {
      for (const command of ['show', 'check'])
        expect(await ganvas([command, link])).toEqual(await ganvas([command, 'gan-lab']));
    });

    test('show -: a link in a message, a fragment, or a document on standard input; a file may hold a link', async () => {
      const shown = await ganvas(['show', 'gan-lab']);
      const fragment = link.slice(link.indexOf('#'));
      for (const text of [`Look at <${link}>, please.\n`, fragment, JSON.stringify(copyOf('gan-lab'))])
        expect(await read(['show', '-'], text)).toEqual(shown);
      const file = join(folder, 'mail.txt');
      writeFileSync(file, `Look at ${link}.\n`);
      expect(await ganvas(['show', file])).toEqual(shown);
      expect(await ganvas(['show', fragment])).toEqual(shown);
    });

    test('link gives back the same link, train the same digest, export the same file', async () => {
      expect((await ganvas(['link', link, '--origin', 'https://example.org'])).out.trim()).toBe(link);
      const trained = ['--iterations', '3', '--backend', 'cpu'];
      const ended = await Promise.all([
        ganvas(['train', link, ...trained]),
        ganvas(['train', 'gan-lab', ...trained]),
        read(['train', '-', ...trained], link),
      ]);
      expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
      expect(new Set(ended.map((one) => lastLine(one).digest)).size).toBe(1);
      const [ours, theirs] = [join(folder, 'link.py'), join(folder, 'example.py')];
      await ganvas(['export', 'torch', link, '-o', ours]);
      await ganvas(['export', 'torch', 'gan-lab', '-o', theirs]);
      expect(readFileSync(ours, 'utf8').replaceAll('link.', 'example.')).toBe(readFileSync(theirs, 'utf8'));
    });

    test('a damaged link, an address without one, nothing at all: exit 2 and a sentence', async () => {
      const broken = [link.slice(0, -20), 'https://example.org/edit', '#section'];
      for (const text of broken) {
        const { code, out, error } = await ganvas(['show', text]);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(error).toMatch(/^error link-(damaged|not-a-graph): /);
      }
      const empty = await read(['show', '-'], '');
      expect(empty).toMatchObject({ code: 2, out: '', error: expect.stringMatching(/^error /) });
      expect((await ganvas(['show'])).error).toContain('Which graph?');
    });
  });

  test('export torch: a Python file, weights beside it, updates to compare', async () => {
    const run = join(folder, 'exported-run');
    await ganvas(['train', 'gaussian-1d', '--iterations', '2', '--out', run]);
    const file = join(folder, 'game.py');
    const checkpoint = join(run, 'checkpoint.bin');
    const ended = await ganvas([
      'export',
      'torch',
      'gaussian-1d',
      '--checkpoint',
      checkpoint,
      '--record',
      '2',
      '-o',
      file,
    ]);
    expect(ended).toMatchObject({ code: 0, error: '' });
    expect(readFileSync(file, 'utf8')).toContain('WEIGHTS = "game.safetensors"');
    expect(decodeSafetensors(readFileSync(join(folder, 'game.safetensors')))).toMatchObject({ ok: true });
    expect(readFileSync(join(folder, 'game.replay.npz')).subarray(0, 2).toString()).toBe('PK');
  });

  test('export tfjs: a zip of layers models', async () => {
    const zip = join(folder, 'game.zip');
    expect(await ganvas(['export', 'tfjs', 'gan-lab', '-o', zip])).toMatchObject({ code: 0, error: '' });
    expect(Object.keys(unzipSync(readFileSync(zip))).sort()).toEqual([
      'D/model.json',
      'D/weights.bin',
      'G/model.json',
      'G/weights.bin',
    ]);
  });

  test.each([
    [['export', 'tfjs', 'ring', '-o', 'x.py'], /a zip/],
    [['export', 'keras', 'ring', '-o', 'x.py'], /export torch/],
    [['export', 'torch', 'ring'], /-o takes/],
    [['export', 'torch', 'ring', '-o', 'game.txt'], /Python file/],
    [
      ['export', 'torch', 'ring', '-o', 'nowhere/x.py'],
      /^ENOENT: no such file or directory, open 'nowhere\/x.py'\n$/,
    ],
    [['export', 'tfjs', 'ring', '-o', 'package.json/x.zip'], /^ENOTDIR: .*x.zip'\n$/],
    [['export', 'torch', 'ring', '-o', 'x.py', '--record', '0'], /from 1 to 1000/],
    [['export', 'torch', 'ring', '-o', 'x.py', '--checkpoint', 'nowhere.bin'], /no file "nowhere.bin"/],
  ])('%s: exit 2 and a sentence', async (args, sentence) => {
    expect(await ganvas(args)).toMatchObject({ code: 2, out: '', error: expect.stringMatching(sentence) });
  });

  test('train: one JSON line, files with --out, and resuming gives the digest of an unbroken run', async () => {
    const whole = await ganvas(['train', 'gan-lab', '--iterations', '40', '--seed', '3']);
    expect(whole.code).toBe(0);
    const result = lastLine(whole);
    expect(result).toMatchObject({ iterations: 40, backend: 'wasm', seed: 3, until: null });
    expect(Object.keys(result.losses).sort()).toEqual(['sgd-d', 'sgd-g']);
    expect(result.metrics.distance.distance).toBeGreaterThan(0);
    expect(result.msPerIteration).toBeGreaterThan(0);

    const out = join(folder, 'run');
    await ganvas(['train', 'gan-lab', '--iterations', '15', '--seed', '3', '--out', out]);
    expect(readFileSync(join(out, 'samples.png')).subarray(1, 4).toString()).toBe('PNG');
    expect(readFileSync(join(out, 'samples.csv'), 'utf8').split('\n').length).toBeGreaterThan(100);
    const resumed = await ganvas([
      'train',
      'gan-lab',
      '--iterations',
      '40',
      '--seed',
      '3',
      '--resume',
      join(out, 'checkpoint.bin'),
    ]);
    expect(lastLine(resumed).digest).toBe(result.digest);
  });

  test('train: a bad graph is exit 2 with diagnostics on standard error', async () => {
    const path = write(
      'cycle.json',
      edit((node) => {
        if (node.id === 'fake') node.params = { network: 'none' };
      }),
    );
    const { code, out, error } = await ganvas(['train', path]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('"none"');
  });

  test('train: not a document, not a file, a wrong option: exit 2 and a sentence', async () => {
    expect(await ganvas(['train', write('junk.json', { hello: 1 })])).toMatchObject({ code: 2 });
    expect((await ganvas(['train', 'nowhere.json'])).error).toContain(
      'no file and no example "nowhere.json"',
    );
    expect((await ganvas(['train', 'ring', '--iterations', 'many'])).error).toContain('"many"');
    expect((await ganvas(['train', 'ring', '--until', 'quality>8'])).error).toContain("'quality.modes>=8'");
    expect(await ganvas(['sing'])).toMatchObject({ code: 2 });
  });

  test('a file that is no graph is said to be what it is, with what can be done (F1)', async () => {
    const path = (name: string, bytes: Uint8Array): string => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const torch = await ganvas(['show', path('net.pth', zipSync({ 'net/data.pkl': new Uint8Array(9) }))]);
    expect({ code: torch.code, out: torch.out }).toEqual({ code: 2, out: '' });
    expect(torch.error).toContain('error file-torch: These are weights of PyTorch');
    expect(torch.error).toContain('\n  import torch; from safetensors.torch import save_file\n  save_file(');
    const saved = Buffer.from(`\ufeff${JSON.stringify(copyOf('ring'), null, 1)}`, 'utf16le');
    expect(await ganvas(['check', path('utf16.txt', saved)])).toMatchObject({ code: 0 });
    const cut = await ganvas(['check', path('cut.json', saved.subarray(0, 1_002))]);
    expect(cut).toMatchObject({ code: 2, error: expect.stringContaining('ends after 500 characters') });
  });

  test('train: NaN is exit 3, names the loss and keeps the last good checkpoint', async () => {
    const graph = copyOf('gan-lab');
    for (const node of graph.nodes) {
      if (node.id.startsWith('sgd')) node.params = { ...node.params, learningRate: 10, momentum: 0.99 };
      if (node.id === 'loss') node.params = {};
      if (/-act-/.test(node.id)) node.state = 'bypassed';
    }
    const out = join(folder, 'wild');
    const { code, error } = await ganvas([
      'train',
      write('wild.json', graph),
      '--iterations',
      '3000',
      '--out',
      out,
    ]);
    expect(code).toBe(3);
    expect(error).toMatch(/loss\.(d|g)/);
    expect(readFileSync(join(out, 'checkpoint.bin')).length).toBeGreaterThan(1000);
  });

  test('train: --until ends the run when it is met, and says false when it is not', async () => {
    const graph = copyOf('gan-lab');
    for (const node of graph.nodes) if (node.id === 'distance') node.params = { every: 5, samples: 100 };
    const path = write('until.json', graph);
    const met = lastLine(
      await ganvas(['train', path, '--iterations', '60', '--until', 'distance.distance>=0']),
    );
    expect(met.until).toBe(true);
    expect(met.iterations).toBeLessThan(60);
    const missed = await ganvas(['train', path, '--iterations', '20', '--until', 'distance.distance<0']);
    expect(missed.code).toBe(0);
    expect(lastLine(missed).until).toBe(false);
  });

  test('train: interrupted is exit 130, with a checkpoint', async () => {
    const out = join(folder, 'interrupted');
    const { child, ended } = start(['train', 'ring', '--iterations', '100000', '--out', out]);
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { code } = await ended;
    expect(code).toBe(130);
    expect(readFileSync(join(out, 'checkpoint.bin')).length).toBeGreaterThan(1000);
  });
});
