import * as z from 'zod';
import { LawfulBasis } from './customer.ts';
import { event } from './define.ts';

const data = () => z.object({ lawfulBasis: LawfulBasis, owner: z.string() });
const example = { lawfulBasis: 'legitimate-interests' as const, owner: 'dpo@auto.example' };

export const purposeDeclared = event('customers', 'purpose.declared', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what personal data is used for was registered, or registered otherwise; `about` is the purpose',
  data,
  example,
});

export const purposeRemoved = event('customers', 'purpose.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'personal data is no longer used for a purpose',
  data,
  example,
});
