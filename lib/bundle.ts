import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, buildSync, type Plugin } from 'esbuild';
import { diet, standIns } from './diet.ts';

const root = join(import.meta.dirname, '..');

/** modules that load a library at first use, not at the start of the function: it lies beside the bundle */
const lazy = {
  'functions/customers/phone.ts': 'libphonenumber-js/min',
  'functions/shared/text/liquid.ts': 'liquidjs',
  'functions/sales/quotes/quote-pdf.ts': 'pdfkit',
};

const common = { bundle: true, minify: true, platform: 'node', target: 'node24' } as const;

const packed = new Map<string, Uint8Array>();

const pack = (library: string) => {
  const stdin = { contents: `module.exports = require('${library}')`, resolveDir: root };
  const contents =
    packed.get(library) ?? buildSync({ ...common, stdin, format: 'cjs', write: false }).outputFiles[0]!.contents;
  packed.set(library, contents);
  return contents;
};

const write = (file: string, contents: string | Uint8Array) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
};

/** module -> what lies in the folder `files` beside it at run time */
type FilesOf = () => Promise<Record<string, Record<string, string | Buffer>>>;

/** what a module calls its own folder, after modules were put together in one file */
const ownFolders: Plugin = {
  name: 'own-folders',
  setup(build) {
    build.onLoad({ filter: /[\\/]lib[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};

const composition = 'composed:';

/** functions whose source is no file */
const composing = (composed: Record<string, string>): Plugin => ({
  name: 'composed',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${composition}`) }, ({ path }) => ({
      path: path.slice(composition.length),
      namespace: 'composed',
    }));
    build.onLoad({ filter: /.*/, namespace: 'composed' }, ({ path }) => ({
      contents: composed[path],
      resolveDir: root,
      loader: 'ts',
    }));
  },
});

type Sources = {
  /** name of the function -> its file */
  entries: Record<string, string>;
  /** name of the function -> its source, which loads parts at their first use: each is a file of its own */
  composed?: Record<string, string>;
};

/** The CDK app in few files of JavaScript, which load a second sooner than hundreds of modules in TypeScript. */
export const bundleApp = async () => {
  const outdir = join(root, 'dist/app');
  await build({
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    packages: 'external',
    absWorkingDir: root,
    entryPoints: ['lib/app.ts', 'lib/bundling.ts'],
    outdir,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    plugins: [ownFolders],
    logLevel: 'warning',
  });
  const [app, bundling] = ['app', 'bundling'].map(name => pathToFileURL(join(outdir, `${name}.mjs`))) as [URL, URL];
  return { app, bundling };
};

type Run = { names: [name: string, file: string][]; outdir: string; splitting: boolean };

/** one run of esbuild: output file -> the files in it */
const run = async ({ names, outdir, splitting }: Run, composed: Record<string, string>) => {
  const { metafile } = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: names.map(([name, file]) => ({ in: file, out: join(name, 'index') })),
    outdir,
    outExtension: { '.js': '.mjs' },
    splitting,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: standIns,
    plugins: [composing(composed), diet],
    // what is left of CommonJS in a bundle may require modules of Node
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
    logLevel: 'warning',
  });
  return Object.entries(metafile.outputs);
};

/**
 * Bundles all functions.
 * `splitting` puts shared code beside the folders, for runs on this machine: a tenth of the time and of the bytes.
 */
export const bundle = async (
  { entries, composed = {} }: Sources,
  outdir: string,
  filesOf: FilesOf = async () => ({}),
  splitting = false,
) => {
  const whole = Object.entries(entries);
  const inParts = Object.keys(composed).map((name): [string, string] => [name, `${composition}${name}`]);
  const runs: Run[] = splitting
    ? [{ names: [...whole, ...inParts], outdir, splitting }]
    : [
        { names: whole, outdir, splitting },
        ...inParts.map(([name, file]): Run => ({ names: [['.', file]], outdir: join(outdir, name), splitting: true })),
      ];
  const building = Promise.all(runs.map(one => run(one, composed)));
  const files = await filesOf(); // while esbuild is at work
  const outputs = (await building).flat();
  const cleared = new Set<string>();
  for (const [output, { inputs }] of outputs) {
    const folder = resolve(root, dirname(output));
    for (const [file, library] of Object.entries(lazy))
      if (file in inputs) write(join(folder, 'node_modules', library, 'index.js'), pack(library));
    for (const [file, contents] of Object.entries(files)) {
      if (!(file in inputs)) continue;
      if (!cleared.has(folder)) rmSync(join(folder, 'files'), { recursive: true, force: true });
      cleared.add(folder);
      for (const [name, content] of Object.entries(contents)) write(join(folder, 'files', name), content);
    }
  }
};
