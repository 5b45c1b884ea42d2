import { mailboxChanged } from '../../events/inbound.ts';
import { brandFault } from '../content/brand.ts';
import { caseMessages, cases, messageParts } from '../service/cases/case.ts';
import { readQueues } from '../service/desk/read-desk.ts';
import { postOffice } from '../shared/aws/file-keys.ts';
import { filesOf } from '../shared/aws/files.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { emit, insert, remove } from '../shared/store/changes.ts';
import { listShared, recordPage } from '../shared/store/record-page.ts';
import { decidePut, having, readById } from '../shared/store/records.ts';
import { isConflict } from '../shared/store/retry-on-conflict.ts';
import { Email } from '../shared/text/email.ts';
import { keyOutside, sourceOf } from '../tracking/write-key.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { inboundNotQuarantined, mailboxNotFound, mailboxTaken } from './errors.ts';
import { fromMail } from './mail/from-mail.ts';
import { addressees, type Mailbox, mailboxes } from './mailbox.ts';
import { otherMessage } from './other-channels.ts';
import { type Handled, receive } from './receive.ts';
import { type Received, received } from './received.ts';
import { shownMessage } from './show-message.ts';

const addressIn = ({ params }: { params: Record<string, string> }) =>
  parse(Email, params.address ?? '') as Mailbox['address'];

/** claims an address for a company; in the store of all companies, before its own */
const claim = async (address: string, ctx: Ctx) => {
  const { store } = ctx.as(postOffice, ctx.actor);
  const taken = { id: address, tenant: ctx.tenant, version: 1 };
  const before = await store.get(addressees, { id: address });
  if (!before) {
    await store.commit([insert(addressees, taken)]).catch(error => {
      if (!isConflict(error)) throw error;
    });
  }
  const holder = before ?? (await store.get(addressees, { id: address }));
  if (holder?.tenant !== ctx.tenant) throw mailboxTaken();
};

const refuseUnknown = async ({ queueId, brandId }: Pick<Mailbox, 'queueId' | 'brandId'>, { store }: Ctx) => {
  const faults = await brandFault(brandId, store);
  if (queueId && !(await readQueues(store)).some(({ id }) => id === queueId)) {
    faults.push({ path: 'queueId', message: `there is no queue ${queueId}` });
  }
  if (faults.length) throw invalid(faults);
};

const answered = ({ outcome, caseId, automatic, message }: Handled) => ({
  outcome,
  automatic,
  message,
  ...(caseId && { caseId }),
});

const changed = (address: string, removed: boolean) =>
  emit(mailboxChanged, { about: address, data: { address, removed } });

const release = async ({ mailbox: address, raw: path, outcome }: Received, ctx: Ctx) => {
  if (outcome !== 'quarantined' || !path) throw inboundNotQuarantined();
  const { now, store, tenant } = ctx;
  const raw = await filesOf(tenant).read(path);
  const mailbox = (address && (await store.get(mailboxes, { address }))) || null;
  const message = await fromMail({ raw, now, to: address ?? '', mailbox });
  if (!message.from) throw inboundNotQuarantined('It is not a mail that can be read. Download it by its link.');
  return answered(await receive(message, ctx, { released: true }));
};

export const conversationHandlers = handlers(conversationRoutes, {
  readThread: async ({ params: { id = '' }, query }, { store, tenant }) => {
    const one = await store.need(cases, { id });
    const { items, nextCursor } = await recordPage(store, caseMessages, ['case', id], {
      ...query,
      within: messageParts,
    });
    return {
      items: await Promise.all(
        items.map(async message => ({ ...(await shownMessage(tenant, message, one)), caseId: message.caseId })),
      ),
      nextCursor,
    };
  },
  receiveMessage: async ({ body }, ctx) => answered(await receive(await otherMessage(body, ctx), ctx)),
  receiveForm: async ({ body, ...request }, given) => {
    const ctx = await sourceOf(keyOutside({ ...request, query: {} }), given);
    await receive(await otherMessage(body, ctx), ctx);
    return { received: true as const };
  },
  listInbound: ({ query: { outcome, ...paging } }, { store }) =>
    store.list(received, 'unopened', 'all', { ...paging, keep: having<Received>({ outcome }) }),
  readInbound: readById(received),
  releaseInbound: async ({ params: { id = '' } }, ctx) => release(await ctx.store.need(received, { id }), ctx),
  putMailbox: async ({ body, ...request }, ctx) => {
    const address = addressIn(request);
    await refuseUnknown(body, ctx);
    await claim(address, ctx);
    const { after, changes, isNew } = await decidePut(
      mailboxes,
      { address },
      { address, ...body },
      { ...ctx, changes: () => [changed(address, false)] },
    );
    return ctx.store.commit(changes, isNew ? new Reply(201, after) : after);
  },
  listMailboxes: listShared(mailboxes),
  removeMailbox: async (request, ctx) => {
    const address = addressIn(request);
    const before = await ctx.store.get(mailboxes, { address });
    if (!before) throw mailboxNotFound();
    await ctx.store.commit([remove(mailboxes, before), changed(address, true)]);
    const { store } = ctx.as(postOffice, ctx.actor);
    const held = await store.get(addressees, { id: address });
    if (held?.tenant === ctx.tenant) await store.commit([remove(addressees, held)]);
    return before;
  },
});
