import { resolve } from 'node:path';
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

/** modules that read files -> those files */
const filesOf = async () => ({
  'functions/exports/kinds.ts': kinds(),
  'functions/reference/api.ts': referenceFiles(),
});

/** the folder of each function's bundle */
export const foldersIn = (outdir: string) => (name: string) => resolve(outdir, 'functions', name);

/** Bundles every function below a folder, and returns the folder of each; `splitting` as in `bundle`. */
export const codeIn = async (outdir: string, splitting = false) => {
  await bundle({ entries, composed }, resolve(outdir, 'functions'), filesOf, splitting);
  return foldersIn(outdir);
};
