import { documentChanged, documentCreated, documentRemoved } from '../../events/document.ts';
import { newId } from '../../events/ids.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import { needCustomer } from '../customers/reads.ts';
import { handlers } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { created, eventOf, insert, remove, update, updated } from '../shared/store/changes.ts';
import { fieldsOf, merged } from '../shared/store/records.ts';
import { DocumentFields, documents, limits, type StoredDocument, versionPath } from './document.ts';
import { checkUpload, withLink, withLinks, withUpload } from './document-files.ts';
import { documentRoutes } from './document-routes.ts';
import { notUploaded, tooLarge, tooManyVersions } from './errors.ts';

export const documentHandlers = handlers(documentRoutes, {
  createDocument: async ({ body }, ctx) => {
    const { now, actor, store } = ctx;
    const { customerId: given, type = 'application/octet-stream', visibleToCustomer = false, ...fields } = body;
    const customerId = given && (await needCustomer(store, given)).id;
    const owned = { id: newId('document', now), customerId };
    const versions = [{ nth: 1, at: now, by: actor, path: versionPath(owned, 1) }];
    const document: StoredDocument = created(now, { ...owned, ...fields, type, visibleToCustomer, versions });
    const changes = [insert(documents, document), eventOf(documentCreated, document)];
    return store.commit(changes, await withUpload(ctx, document));
  },
  findDocuments: async ({ query: { customerId, relatedTo, ...paging } }, { store }) => {
    if (customerId) {
      const { id } = await needCustomer(store, customerId);
      const keep = (document: StoredDocument) => !relatedTo || document.relatedTo === relatedTo;
      return store.belonging(documents, id, { ...paging, keep });
    }
    return relatedTo
      ? store.list(documents, 'related', relatedTo, paging)
      : store.list(documents, 'shared', 'all', paging);
  },
  readDocument: async ({ params: { id = '' } }, ctx) => {
    const { document } = await checkUpload(ctx, await ctx.store.need(documents, { id }));
    return withLinks(ctx, document);
  },
  changeDocument: async ({ params: { id = '' }, body }, { now, store }) => {
    const before = await store.need(documents, { id });
    const document = merged(now, DocumentFields, before, body);
    if (!document) return before;
    const changes = differences(fieldsOf(DocumentFields, before), fieldsOf(DocumentFields, document));
    const event = eventOf(documentChanged, document, { changes });
    return store.commit([update(documents, before, document), event], document);
  },
  /** a version without a file is replaced */
  addVersion: async ({ params: { id = '' } }, ctx) => {
    const { now, actor, store } = ctx;
    const { document: before } = await checkUpload(ctx, await store.need(documents, { id }));
    const uploaded = before.versions.filter(({ size }) => size !== undefined);
    const nth = (uploaded.at(-1)?.nth ?? 0) + 1;
    if (nth > limits.versions) throw tooManyVersions();
    const version = { nth, at: now, by: actor, path: versionPath(before, nth) };
    const document = updated(now, before, { versions: [...uploaded, version] });
    return store.commit([update(documents, before, document)], await withUpload(ctx, document));
  },
  confirmUpload: async ({ params: { id = '' } }, ctx) => {
    const { document, tooLarge: bytes } = await checkUpload(ctx, await ctx.store.need(documents, { id }));
    if (bytes !== undefined)
      throw tooLarge(`The file has ${bytes} bytes; the limit is ${limits.bytes}. It was deleted.`);
    if (document.versions.at(-1)?.size === undefined) throw notUploaded();
    return withLinks(ctx, document);
  },
  /** its files are removed by the reaction `clearFiles` */
  removeDocument: async ({ params: { id = '' } }, { store }) => {
    const document = await store.need(documents, { id });
    const files = document.versions.map(({ path }) => path);
    return store.commit([remove(documents, document), eventOf(documentRemoved, document, { files })], document);
  },
  listMyDocuments: async ({ query }, ctx) => {
    const { id } = await callingCustomer(ctx);
    const keep = ({ visibleToCustomer }: StoredDocument) => visibleToCustomer;
    const { items, nextCursor } = await ctx.store.belonging(documents, id, { ...query, keep });
    const linked = items.map(async item => withLink(ctx, (await checkUpload(ctx, item)).document));
    return { items: await Promise.all(linked), nextCursor };
  },
});
