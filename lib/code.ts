import { resolve } from 'node:path';
import { bundle } from './bundle.ts';
import { entries } from './functions.ts';
import { kindsFiles } from './kinds.ts';
import { referenceFiles } from './reference-files.ts';

const filesOf = async () => {
  const kinds = await kindsFiles();
  return { 'imports-api': kinds, 'jobs-run-job': kinds, 'reference-api': referenceFiles() };
};

/** Bundles every function below a folder, and gives the folder of each; `splitting` as in `bundle`. */
export const codeIn = async (outdir: string, splitting = false) => {
  const { folder } = await bundle(entries, resolve(outdir, 'functions'), filesOf, splitting);
  return folder;
};
