import { serve } from '../../shared/serve.ts';
import { routes } from './contract.ts';
import { createExport } from './create-export.ts';
import { exportCustomer } from './export-customer.ts';
import { listExports } from './list-exports.ts';
import { readExport } from './read-export.ts';

export const handler = serve(routes, { exportCustomer, createExport, listExports, readExport });
