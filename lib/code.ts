import { resolve } from 'node:path';
import { bundle } from './bundle.ts';
import { entries } from './functions.ts';
import { kindsFiles } from './kinds.ts';
import { referenceFiles } from './reference-files.ts';

/** bundles every function below a folder, and gives the folder of each */
export const codeIn = async (outdir: string) => {
  const kinds = await kindsFiles();
  const { folder } = await bundle(entries, resolve(outdir, 'functions'), {
    'reference-api': referenceFiles(),
    'imports-api': kinds,
    'jobs-run-job': kinds,
  });
  return folder;
};
