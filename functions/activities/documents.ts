import { documentChanged, documentCreated, documentRemoved, documentUploaded } from '../../events/document.ts';
import { newId } from '../../events/ids.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import { needCustomer } from '../customers/reads.ts';
import { filesOf } from '../shared/aws/files.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { created, eventOf, insert, update, updated } from '../shared/store/changes.ts';
import { main } from '../shared/store/entity.ts';
import { takeQuota } from '../shared/store/quota.ts';
import { fieldsOf, patchById, removeById } from '../shared/store/records.ts';
import { plus } from '../shared/time/duration.ts';
import {
  DocumentFields,
  documents,
  latestUploaded,
  limits,
  mayReadDocument,
  type StoredDocument,
  type StoredVersion,
  versionPath,
} from './document.ts';
import { documentRoutes } from './document-routes.ts';
import { notUploaded, tooLarge, tooManyFiles, tooManyVersions } from './errors.ts';

/** until when the file of a version may still arrive, or be overwritten */
const isOpen = ({ at, size }: StoredVersion, now: string) =>
  size === undefined || now <= plus(at, `PT${limits.linkSeconds}S`);

type Checked = { document: StoredDocument; tooLarge?: number };

/** The document after a look at its latest file: one that has arrived is recorded, one that is too large is removed. */
const checkUpload = async ({ tenant, now, store }: Ctx, document: StoredDocument): Promise<Checked> => {
  const last = document.versions.at(-1);
  if (!last || !isOpen(last, now)) return { document };
  const file = await filesOf(tenant).look(last.path);
  if (!file || (file.etag === last.etag && file.size === last.size)) return { document };
  if (file.size > limits.bytes) {
    await filesOf(tenant).remove(last.path);
    return { document, tooLarge: file.size };
  }
  const after = updated(now, document, { versions: [...document.versions.slice(0, -1), { ...last, ...file }] });
  const event = eventOf(documentUploaded, after, { nth: last.nth, size: file.size });
  await store.commit([update(documents, document, after), event]);
  return { document: after };
};

type Tenant = Pick<Ctx, 'tenant'>;

const linkTo = ({ tenant }: Tenant, { name: filename }: StoredDocument, version: StoredVersion | undefined) =>
  version?.size === undefined
    ? null
    : filesOf(tenant).downloadUrl(version.path, { seconds: limits.linkSeconds, filename });

/** with a link to the latest file, or null until one has arrived */
const withLink = async (ctx: Tenant, document: StoredDocument) => {
  const latest = latestUploaded(document);
  return { ...document, size: latest?.size ?? null, downloadUrl: await linkTo(ctx, document, latest) };
};

/** with links to all of its versions */
const withLinks = async (ctx: Tenant, document: StoredDocument) => {
  const versions = document.versions.map(async version => ({
    ...version,
    downloadUrl: await linkTo(ctx, document, version),
  }));
  return { ...(await withLink(ctx, document)), versions: await Promise.all(versions) };
};

/** with a link that the file of its last version is uploaded to */
const withUpload = async ({ tenant }: Tenant, document: StoredDocument) => ({
  ...document,
  uploadUrl: await filesOf(tenant).uploadUrl(document.versions.at(-1)?.path ?? '', limits.linkSeconds),
});

/** of another caller's confidential document nothing is known */
const needDocument = async (ctx: Ctx, id = '') => {
  const document = await ctx.store.need(documents, { id });
  return mayReadDocument(ctx, document) ? document : ctx.store.need(documents, { id: '' });
};

type OfDocument = { params: Record<string, string> };

const ifReadable =
  <R extends OfDocument, T>(handler: (request: R, ctx: Ctx) => Promise<T>) =>
  async (request: R, ctx: Ctx) => {
    await needDocument(ctx, request.params.id);
    return handler(request, ctx);
  };

/** the case that a customer names, if it is its own; cases are of a later context, so that their keys alone are known here */
const mustOwn = async (caseId: string | undefined, customerId: string, { store }: Ctx) => {
  if (!caseId) return;
  const [found] = await store.parts(['case', caseId], [main]);
  if ((found?.doc as { customerId?: string } | undefined)?.customerId === customerId) return;
  throw invalid([{ path: 'caseId', message: 'is not a case of yours' }]);
};

const filesADay = 50;
const untyped = 'application/octet-stream';

type New = Omit<StoredDocument, 'id' | 'versions' | 'version' | 'createdAt' | 'updatedAt'>;

/** a document that waits for its file, with the link to upload that */
const newDocument = async (fields: New, ctx: Ctx) => {
  const { now, actor, store } = ctx;
  const owned = { id: newId('document', now), customerId: fields.customerId };
  const versions = [{ nth: 1, at: now, by: actor, path: versionPath(owned, 1) }];
  const document: StoredDocument = created(now, { ...fields, ...owned, versions });
  const changes = [insert(documents, document), eventOf(documentCreated, document)];
  return store.commit(changes, await withUpload(ctx, document));
};

export const documentHandlers = handlers(documentRoutes, {
  createDocument: async ({ body }, ctx) => {
    const { customerId: given, type = untyped, visibleToCustomer = false, ...fields } = body;
    const customerId = given && (await needCustomer(ctx.store, given)).id;
    return newDocument({ ...fields, customerId, type, visibleToCustomer }, ctx);
  },
  createMyDocument: async ({ body: { caseId, type = untyped, ...fields } }, ctx) => {
    const { id: customerId } = await callingCustomer(ctx);
    await mustOwn(caseId, customerId, ctx);
    const quota = { name: `files ${customerId}`, most: filesADay, seconds: 86_400 };
    const retryAfter = await takeQuota(ctx.tenant, quota, ctx.now);
    if (retryAfter) throw tooManyFiles(undefined, { retryAfter });
    return newDocument({ ...fields, customerId, type, visibleToCustomer: true, relatedTo: caseId }, ctx);
  },
  findDocuments: async ({ query: { customerId, relatedTo, ...paging } }, ctx) => {
    const { store } = ctx;
    const readable = (document: StoredDocument) => mayReadDocument(ctx, document);
    if (customerId) {
      const { id } = await needCustomer(store, customerId);
      const keep = (document: StoredDocument) => readable(document) && (!relatedTo || document.relatedTo === relatedTo);
      return store.belonging(documents, id, { ...paging, keep });
    }
    return relatedTo
      ? store.list(documents, 'related', relatedTo, { ...paging, keep: readable })
      : store.list(documents, 'shared', 'all', { ...paging, keep: readable });
  },
  readDocument: async ({ params: { id } }, ctx) => {
    const { document } = await checkUpload(ctx, await needDocument(ctx, id));
    return withLinks(ctx, document);
  },
  changeDocument: ifReadable(
    patchById(documents, DocumentFields, (after, before) => {
      const changes = differences(fieldsOf(DocumentFields, before), fieldsOf(DocumentFields, after));
      return [eventOf(documentChanged, after, { changes })];
    }),
  ),
  /** a version without a file is replaced */
  addVersion: async ({ params: { id } }, ctx) => {
    const { now, actor, store } = ctx;
    const { document: before } = await checkUpload(ctx, await needDocument(ctx, id));
    const uploaded = before.versions.filter(({ size }) => size !== undefined);
    const nth = (uploaded.at(-1)?.nth ?? 0) + 1;
    if (nth > limits.versions) throw tooManyVersions();
    const version = { nth, at: now, by: actor, path: versionPath(before, nth) };
    const document = updated(now, before, { versions: [...uploaded, version] });
    return store.commit([update(documents, before, document)], await withUpload(ctx, document));
  },
  confirmUpload: async ({ params: { id } }, ctx) => {
    const { document, tooLarge: bytes } = await checkUpload(ctx, await needDocument(ctx, id));
    if (bytes !== undefined)
      throw tooLarge(`The file has ${bytes} bytes; the limit is ${limits.bytes}. It was deleted.`);
    if (document.versions.at(-1)?.size === undefined) throw notUploaded();
    return withLinks(ctx, document);
  },
  /** its files are removed by the reaction `clearFiles` */
  removeDocument: ifReadable(
    removeById(documents, document =>
      eventOf(documentRemoved, document, { files: document.versions.map(({ path }) => path) }),
    ),
  ),
  listMyDocuments: async ({ query }, ctx) => {
    const { id } = await callingCustomer(ctx);
    const keep = ({ visibleToCustomer }: StoredDocument) => visibleToCustomer;
    const { items, nextCursor } = await ctx.store.belonging(documents, id, { ...query, keep });
    const linked = items.map(async item => withLink(ctx, (await checkUpload(ctx, item)).document));
    return { items: await Promise.all(linked), nextCursor };
  },
});
