import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist', 'functions');

/**
 * Bundles all functions in one run of esbuild (what they share is read once) and gives the folder of each.
 * `entries`: name of the function -> its file.
 */
export const bundle = (entries: Record<string, string>) => {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([name, file]) => ({ in: file, out: join(name, 'index') })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': join(root, 'functions/shared/credentials.ts') },
    // what is left of CommonJS in a bundle may ask for Node's own modules
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
    logLevel: 'warning',
  });
  return { folder: (name: string) => join(outdir, name), metafile };
};
