import * as z from 'zod';
import { Changes } from './customer.ts';
import { byStaff, event } from './define.ts';

const Data = z.object({
  name: z.string(),
  type: z.string(),
  relatedTo: z.string().optional(),
  classification: z.enum(['normal', 'confidential']).optional(),
});
const example = { name: 'Registration certificate', type: 'application/pdf' };

export const documentCreated = event('customers', 'document.created', byStaff, {
  summary: 'a document of a customer, or a shared one, was created; its file may not have been uploaded yet',
  data: () => Data,
  example,
});

export const documentUploaded = event('customers', 'document.uploaded', byStaff, {
  summary: 'the file of a document version was uploaded',
  data: () => Data.extend({ nth: z.int(), size: z.int(), visibleToCustomer: z.boolean() }),
  example: { ...example, nth: 1, size: 52_311, visibleToCustomer: true },
});

export const documentChanged = event('customers', 'document.changed', byStaff, {
  summary: 'the name, description, visibility, classification or relation of a document was changed',
  data: () => Data.extend({ changes: Changes }),
  example: { ...example, changes: [{ attribute: 'visibleToCustomer', from: false, to: true }] },
});

export const documentRemoved = event('customers', 'document.removed', byStaff, {
  summary: 'a document was deleted; its files are removed next',
  data: () => Data.extend({ files: z.array(z.string()) }),
  example: { ...example, files: ['customers/cus_01jd5e7k3m9q2r4t6v8w0x1y2z/doc_01jd5e7k3m9q2r4t6v8w0x1y2z/1'] },
});
