import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { nullableFields } from '../../customers/customer.ts';
import { AnyId } from '../../shared/fields.ts';
import { page, paging, route } from '../../shared/http/contract.ts';
import { Document, DocumentFields } from './document.ts';
import { limits } from './document-files.ts';

const read = { scope: 'customers.read' } as const;
const write = { scope: 'customers.write' } as const;

const Link = z.string().describe(`a link that holds for ${limits.linkSeconds / 60} minutes`);
const Uploading = Document.extend({
  uploadUrl: Link.describe(`PUT the file there within ${limits.linkSeconds / 60} minutes`),
});
const Linked = Document.extend({
  size: z.int().nullable(),
  downloadUrl: Link.nullable().describe('null until a file has arrived'),
});
const Version = Document.shape.versions.element.extend({ downloadUrl: Link.nullable() });
const Whole = Linked.extend({ versions: z.array(Version) });

const { name, type, visibleToCustomer, ...fields } = DocumentFields.shape;

export const documentRoutes = {
  createDocument: route('POST /v1/documents', {
    summary: `Create a document of a customer, or for all, and get a link to PUT its file to: ${limits.bytes / 1024 / 1024} MB at most`,
    ...write,
    body: z.strictObject({ customerId: CustomerId.optional(), ...DocumentFields.shape }),
    reply: Uploading,
    status: 201,
    location: ({ id }) => `/v1/documents/${id}`,
    errors: ['customer.not-found'],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      name: 'Registration certificate.pdf',
      type: 'application/pdf',
      visibleToCustomer: true,
    },
  }),
  findDocuments: route('GET /v1/documents', {
    summary: 'Documents of a customer or about a record; without either, those for all. Latest first',
    ...read,
    query: z.strictObject({ customerId: CustomerId.optional(), relatedTo: AnyId.optional(), ...paging }),
    reply: page(Document),
  }),
  readDocument: route('GET /v1/documents/{id}', {
    summary: 'Read a document, with links to its file and to those before it',
    ...read,
    reply: Whole,
  }),
  changeDocument: route('PATCH /v1/documents/{id}', {
    summary: 'Change what is said of a document (JSON Merge Patch)',
    ...write,
    body: z.strictObject({
      name: name.optional(),
      type,
      visibleToCustomer,
      ...nullableFields(fields),
    }),
    reply: Document,
    example: { visibleToCustomer: true },
  }),
  addVersion: route('POST /v1/documents/{id}/versions', {
    summary: 'Get a link to PUT a new version of the file to; those before are kept',
    ...write,
    reply: Uploading,
    status: 201,
    errors: ['document.too-many-versions'],
  }),
  confirmUpload: route('POST /v1/documents/{id}/uploaded', {
    summary: 'Say that the file is there; it is found out anyway when the document is next read',
    ...write,
    reply: Whole,
    errors: ['document.not-uploaded', 'document.too-large'],
  }),
  removeDocument: route('DELETE /v1/documents/{id}', {
    summary: 'Remove a document with all its files',
    ...write,
    reply: Document,
  }),
  listMyDocuments: route('GET /v1/me/documents', {
    summary: 'A customer’s own documents that it may see, with links to fetch them, latest first',
    auth: 'customer',
    query: z.strictObject(paging),
    reply: page(
      Linked.pick({
        id: true,
        name: true,
        type: true,
        description: true,
        size: true,
        createdAt: true,
        updatedAt: true,
        downloadUrl: true,
      }),
    ),
  }),
};
