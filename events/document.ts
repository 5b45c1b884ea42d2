import * as z from 'zod';
import { event } from './define.ts';

const Told = z.object({ name: z.string(), type: z.string(), relatedTo: z.string().optional() });
const example = { name: 'Registration certificate', type: 'application/pdf' };

export const documentCreated = event('customers', 'document.created', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'there is a document, of a customer or for all; its file may be on its way yet',
  data: () => Told,
  example,
});

export const documentUploaded = event('customers', 'document.uploaded', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the file of a document’s version has arrived',
  data: () => Told.extend({ nth: z.int(), size: z.int(), visibleToCustomer: z.boolean() }),
  example: { ...example, nth: 1, size: 52_311, visibleToCustomer: true },
});

export const documentChanged = event('customers', 'document.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a document has another name, description or readership',
  data: () =>
    Told.extend({ changes: z.array(z.object({ attribute: z.string(), from: z.unknown(), to: z.unknown() })) }),
  example: { ...example, changes: [{ attribute: 'visibleToCustomer', from: false, to: true }] },
});

export const documentRemoved = event('customers', 'document.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a document is no more, and its files are about to go',
  data: () => Told.extend({ files: z.array(z.string()) }),
  example: { ...example, files: ['customers/cus_01jd5e7k3m9q2r4t6v8w0x1y2z/doc_01jd5e7k3m9q2r4t6v8w0x1y2z/1'] },
});
