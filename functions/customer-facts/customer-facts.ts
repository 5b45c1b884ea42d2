import * as z from 'zod';
import { Finance } from '../billing/finance.ts';
import { Customer } from '../customers/customer.ts';

/** what conditions and templates find of a customer */
export const CustomerFacts = z.object({ ...Customer.omit({ masked: true }).shape, finance: Finance });
