import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, buildSync, type Metafile } from 'esbuild';
import { diet, standIns } from './diet.ts';

const root = join(import.meta.dirname, '..');

/** libraries that a file of ours loads at first use, not at the start of the function: they lie beside the bundle */
const lazy = {
  'functions/customers/phone.ts': 'libphonenumber-js/min',
  'functions/shared/text/liquid.ts': 'liquidjs',
};

const packLazy = (inputs: Metafile['inputs'] | object, folder: string) => {
  for (const [file, library] of Object.entries(lazy)) {
    if (!(file in inputs)) continue;
    const outfile = join(folder, 'node_modules', library, 'index.js');
    const { outputFiles } = packed.get(library) ?? pack(library);
    mkdirSync(dirname(outfile), { recursive: true });
    writeFileSync(outfile, outputFiles[0]!.contents);
  }
};

const pack = (library: string) => {
  const options = {
    stdin: { contents: `module.exports = require('${library}')`, resolveDir: root },
    bundle: true,
    minify: true,
  } as const;
  const built = buildSync({ ...options, format: 'cjs', platform: 'node', target: 'node24', write: false });
  packed.set(library, built);
  return built;
};

const packed = new Map<string, ReturnType<typeof pack>>();

/** files that a function reads at run time, in `files/` beside its bundle */
const writeFiles = (folder: string, files: Files) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
};

type Files = Record<string, string | Buffer>;

/**
 * Bundles all functions in one run of esbuild (what they share is read once) and gives the folder of each.
 * `entries`: name of the function -> its file. `filesOf`: name of the function -> what else lies in its folder.
 * `splitting` puts shared code beside the folders, for runs on this machine: a tenth of the time and of the bytes.
 */
export const bundle = async (
  entries: Record<string, string>,
  outdir: string,
  filesOf: () => Promise<Record<string, Files>>,
  splitting = false,
) => {
  const building = build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([name, file]) => ({ in: file, out: join(name, 'index') })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: standIns,
    plugins: [diet],
    // what is left of CommonJS in a bundle may ask for Node's own modules
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
    logLevel: 'warning',
  });
  const files = await filesOf(); // while esbuild is at work
  const { metafile } = await building;
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) packLazy(inputs, resolve(root, dirname(output)));
  for (const [name, more] of Object.entries(files)) writeFiles(join(outdir, name, 'files'), more);
  if (splitting) writeFiles(join(outdir, 'files'), Object.assign({}, ...Object.values(files))); // beside shared code
  return { folder: (name: string) => join(outdir, name), metafile };
};
