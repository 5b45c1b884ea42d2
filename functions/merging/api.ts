import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { listMerges } from './list-merges.ts';
import { mergeCustomer } from './merge-customer.ts';
import { unmergeCustomer } from './unmerge-customer.ts';

export const handler = serve(routes, { mergeCustomer, unmergeCustomer, listMerges });
