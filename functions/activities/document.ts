import * as z from 'zod';
import { documentChanged, documentCreated, documentRemoved } from '../../events/document.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { keptPath } from '../shared/aws/file-keys.ts';
import { AnyId, line, prose } from '../shared/fields.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { bodyOf } from '../shared/text/searchable-text.ts';

/** A link cannot limit an upload: a file that is too large is removed when it is found. */
export const limits = { bytes: 100 * 1024 * 1024, versions: 50, linkSeconds: 3600 };

export const DocumentFields = z.strictObject({
  name: line(200),
  type: z
    .string()
    .trim()
    .toLowerCase()
    .max(120)
    .regex(/^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*$/, 'is not a media type such as application/pdf')
    .optional(),
  description: prose(2000).optional(),
  visibleToCustomer: z.boolean().optional(),
  classification: z
    .enum(['normal', 'confidential'])
    .optional()
    .describe('a confidential one is found, read and changed only with the scope `documents.confidential`'),
  relatedTo: AnyId.optional().describe('the related case, order, asset or other record'),
});

const Version = z.object({
  /** counts from 1 */
  nth: z.int(),
  at: Instant,
  by: z.string(),
  /** of its file, once it has arrived */
  size: z.int().optional(),
  etag: z.string().optional(),
});

/** A file, or several versions of one, of a customer or shared by all. */
export const Document = z.object({
  id: idOf('document'),
  customerId: CustomerId.optional(),
  ...DocumentFields.shape,
  type: z.string(),
  visibleToCustomer: z.boolean(),
  versions: z.array(Version),
  ...stamps,
});

export const StoredDocument = Document.extend({
  versions: z.array(Version.extend({ path: z.string().regex(keptPath) })),
});
export type StoredDocument = z.output<typeof StoredDocument>;
export type StoredVersion = StoredDocument['versions'][number];

export const documents = entity('document', StoredDocument, {
  onMerge: 'follow',
  onErase: ({ versions }) => ({ files: versions.map(({ path }) => path) }),
  owner: ({ customerId }) => customerId,
  lists: {
    related: { by: ({ relatedTo }) => relatedTo },
    shared: { by: ({ customerId }) => (customerId ? undefined : 'all') },
  },
  searchText: {
    scope: 'documents.read',
    events: [documentCreated, documentChanged, documentRemoved],
    readable: (document, reader) => mayReadDocument(reader, document),
    of: ({ name, description, versions }) => ({
      by: versions[0]?.by ?? null,
      title: name,
      body: bodyOf(description),
    }),
  },
});

/** whether a caller may know of a document */
export const mayReadDocument = (
  { scopes }: Pick<Ctx, 'scopes'>,
  { classification }: Pick<StoredDocument, 'classification'>,
) => classification !== 'confidential' || scopes.has('documents.confidential');

export const latestUploaded = ({ versions }: StoredDocument) => versions.findLast(({ size }) => size !== undefined);

type Owned = { id: string; customerId?: string | undefined };

/** the path of a version's file; after a merge it stays in the folder of the former customer */
export const versionPath = ({ id, customerId }: Owned, nth: number) =>
  `${customerId ? `customers/${customerId}` : 'documents'}/${id}/${nth}`;
