import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { entities } from '#declared/entities.ts';
import { type Kinds, kindsFile } from '../functions/shared/store/tenant-copy.ts';
import { bundle } from './bundle.ts';
import { composed, entries } from './functions.ts';
import { outputSchema } from './openapi/schemas.ts';
import { referenceFiles } from './reference-files.ts';

/** for readers of a tenant's copy: version and JSON Schema of every entity */
const kinds = () => {
  const kinds: Kinds = Object.fromEntries(
    entities.map(({ kind, schema, upcasts }) => [kind, { schema: upcasts.length + 1, doc: outputSchema(schema) }]),
  );
  return { [kindsFile]: JSON.stringify(kinds) };
};

const scripts = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese', 'cyrillic-ext', 'greek-ext', 'devanagari'];

/** the fonts of documents, in the order in which they are tried; the last is of Chinese and Japanese */
const fonts = () => {
  const packages = [
    ...scripts.map(script => `@fontsource/noto-sans/files/noto-sans-${script}-400-normal.woff`),
    '@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf',
  ];
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../node_modules', file));
  return Object.fromEntries(packages.map((file, nth) => [`font-${nth}`, read(file)]));
};

/** modules that read files -> those files */
const filesOf = async () => ({
  'functions/exports/kinds.ts': kinds(),
  'functions/reference/api.ts': referenceFiles(),
  'functions/sales/quotes/quote-pdf.ts': fonts(),
});

/** the folder of each function's bundle */
export const foldersIn = (outdir: string) => (name: string) => resolve(outdir, 'functions', name);

/** Bundles every function below a folder, and returns the folder of each; `splitting` as in `bundle`. */
export const codeIn = async (outdir: string, splitting = false) => {
  await bundle({ entries, composed }, resolve(outdir, 'functions'), filesOf, splitting);
  return foldersIn(outdir);
};
