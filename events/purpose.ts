import * as z from 'zod';
import { LawfulBasis } from './customer.ts';
import { byStaff, event } from './define.ts';

const data = () => z.object({ lawfulBasis: LawfulBasis, owner: z.string() });
const example = { lawfulBasis: 'legitimate-interests' as const, owner: 'dpo@auto.example' };

export const purposeDeclared = event('customers', 'purpose.declared', byStaff, {
  summary: 'a purpose of processing personal data was created or changed; `about` is the purpose',
  data,
  example,
});

export const purposeRemoved = event('customers', 'purpose.removed', byStaff, {
  summary: 'a purpose of processing personal data was deleted',
  data,
  example,
});
