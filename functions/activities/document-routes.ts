import * as z from 'zod';
import { CaseId, CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { customerNotFound } from '../customers/errors.ts';
import { AnyId } from '../shared/fields.ts';
import { creates, lists, page, paging, route } from '../shared/http/contract.ts';
import { Document, DocumentFields, limits } from './document.ts';
import { notUploaded, tooLarge, tooManyFiles, tooManyVersions } from './errors.ts';

const read = { scope: 'documents.read' } as const;
const write = { scope: 'documents.write' } as const;

const Link = z.string().describe(`a link that is valid for ${limits.linkSeconds / 60} minutes`);
const Uploading = Document.extend({
  uploadUrl: Link.describe(`where to PUT the file, within ${limits.linkSeconds / 60} minutes`),
});
const Linked = Document.extend({
  size: z.int().nullable(),
  downloadUrl: Link.nullable().describe('null until a file has been uploaded'),
});
const Version = Document.shape.versions.element.extend({ downloadUrl: Link.nullable() });
const Whole = Linked.extend({ versions: z.array(Version) });

const { name, type, visibleToCustomer, classification, ...fields } = DocumentFields.shape;

/** a document as its customer sees it */
export const MyDocument = Linked.pick({
  id: true,
  name: true,
  type: true,
  description: true,
  relatedTo: true,
  size: true,
  createdAt: true,
  updatedAt: true,
  downloadUrl: true,
});

export const documentRoutes = {
  createDocument: route('POST /v1/documents', {
    summary: `Create a document of a customer, or a shared one, and get a link to upload its file: up to ${limits.bytes / 1024 / 1024} MB`,
    ...write,
    body: z.strictObject({ customerId: CustomerId.optional(), ...DocumentFields.shape }),
    reply: Uploading,
    ...creates('/v1/documents'),
    errors: [customerNotFound],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      name: 'Registration certificate.pdf',
      type: 'application/pdf',
      visibleToCustomer: true,
    },
  }),
  findDocuments: route('GET /v1/documents', {
    summary: 'List documents of a customer or related to a record, without either the shared ones; latest first',
    ...read,
    ...lists(Document, { customerId: CustomerId.optional(), relatedTo: AnyId.optional() }),
  }),
  readDocument: route('GET /v1/documents/{id}', {
    summary: 'Read a document, with links to its file and to previous versions',
    ...read,
    reply: Whole,
  }),
  changeDocument: route('PATCH /v1/documents/{id}', {
    summary: 'Change the name, description, visibility, classification or relation of a document (JSON Merge Patch)',
    ...write,
    body: z.strictObject({
      name: name.optional(),
      type,
      visibleToCustomer,
      classification,
      ...nullableFields(fields),
    }),
    reply: Document,
    example: { visibleToCustomer: true },
  }),
  addVersion: route('POST /v1/documents/{id}/versions', {
    summary: 'Get a link to upload a new version of the file; previous versions are retained',
    ...write,
    reply: Uploading,
    status: 201,
    errors: [tooManyVersions],
  }),
  confirmUpload: route('POST /v1/documents/{id}/uploaded', {
    summary: 'Confirm the upload of the file; reading the document does so too',
    ...write,
    reply: Whole,
    errors: [notUploaded, tooLarge],
  }),
  removeDocument: route('DELETE /v1/documents/{id}', {
    summary: 'Delete a document with all its files',
    ...write,
    reply: Document,
  }),
  listMyDocuments: route('GET /v1/me/documents', {
    summary: 'List the documents that are visible to the customer, with download links, latest first',
    auth: 'customer',
    query: z.strictObject(paging),
    reply: page(MyDocument),
  }),
  createMyDocument: route('POST /v1/me/documents', {
    summary:
      'Get a link to upload a file as a customer, such as a photo for an own case; staff sees the case that it is about',
    auth: 'customer',
    body: z.strictObject({
      name,
      type,
      description: fields.description,
      caseId: CaseId.optional().describe('the own case that it is about'),
    }),
    reply: MyDocument.omit({ size: true, downloadUrl: true }).extend({ uploadUrl: Link }),
    ...creates('/v1/me/documents'),
    errors: [tooManyFiles],
    example: { name: 'Brake disc.jpg', type: 'image/jpeg', caseId: 'case_01jd5e7k3m9q2r4t6v8w0x1y2z' },
  }),
};
