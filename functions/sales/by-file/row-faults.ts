import type * as z from 'zod';
import { fieldErrors } from '../../shared/http/parse.ts';
import type { Fault } from '../../shared/imports/importable.ts';

const isMissing = /received undefined$/;

/** what the API would refuse of what a row says; what it does not say at all is named, as it has no column */
export const rowFaults = ({ issues }: z.ZodError): Fault[] =>
  fieldErrors(issues).map(({ path, message }) =>
    isMissing.test(message) ? { path, message: `the row has no ${path.replace(/\.\d+/, '')}` } : { path, message },
  );
