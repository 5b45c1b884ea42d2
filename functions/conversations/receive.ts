import { caseOpened } from '../../events/case.ts';
import { contactUnidentified } from '../../events/customer.ts';
import { idWithin } from '../../events/ids.ts';
import { inboundExpired, inboundReceived } from '../../events/inbound.ts';
import { customers } from '../customers/customer.ts';
import { customerById, customerIdByEmail } from '../customers/reads.ts';
import { suppressions, unreachables } from '../messaging/contact-history.ts';
import { mailReferences, referenceId, referenceTo } from '../messaging/mail-reference.ts';
import { type Case, type CaseMessage, caseMessages, cases, filesOfCase, type Letter } from '../service/cases/case.ts';
import { newCase, newMessage } from '../service/cases/case-changes.ts';
import { repliedByCustomer, survivorOf, withReply } from '../service/cases/case-replies.ts';
import { env } from '../shared/aws/env.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, emit, eventOf, put, save, schedule, update, updated } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { nulls } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { minus, plus } from '../shared/time/duration.ts';
import { attachmentsOf, keepFiles, rawPath } from './files.ts';
import { addressOf, type InboundMessage } from './inbound-message.ts';
import type { Delivery } from './mail/read-report.ts';
import { mailboxes } from './mailbox.ts';
import { filesOfReceived, keptFor, loop, Received, received, senderId, senders } from './received.ts';
import { shownMessage } from './show-message.ts';
import type { ShownMessage } from './shown-message.ts';
import { type Becomes, whatBecomes } from './what-becomes.ts';

type Tenant = Pick<Ctx, 'tenant' | 'now' | 'store'>;

/** one query: a company has few mailboxes */
export const mailboxesOf = async (store: Store) =>
  (await recordPage(store, mailboxes, ['mailbox', 'all'], { limit: 100, upwards: true })).items;

const customerOf = async (store: Store, { email, phone }: InboundMessage['customer']) => {
  const byEmail = email && (await customerIdByEmail(store, email));
  if (byEmail || !phone) return byEmail || null;
  const { items } = await store.lookup(customers, 'phone', phone, { limit: 2 });
  return items.length === 1 ? items[0]! : null;
};

const caseNumbers = /\bC-[0-9A-Z]{4}-[0-9A-Z]{4}\b/gi;

const quotedCase = async (store: Store, subject: string) => {
  const [number] = subject.match(caseNumbers) ?? [];
  return number && store.getBy(cases, 'number', number.toUpperCase());
};

const phoned = ['sms', 'whatsapp', 'voice'];

/** the latest open case of who writes by phone: a text message refers to nothing */
const openCase = async (store: Store, { channel }: InboundMessage, customerId: string | null) => {
  if (!customerId || !phoned.includes(channel)) return undefined;
  const keep = ({ status }: Case) => status !== 'resolved' && status !== 'closed';
  return (await store.belonging(cases, customerId, { limit: 1, keep })).items[0];
};

/** references to mails that never came here, which others may refer to as well */
const mostUnknown = 10;

/** the case that a message answers or quotes: by a signed address, by what it refers to, by its number */
const threadOf = async (store: Store, message: InboundMessage, customerId: string | null) => {
  const { signedCase, references, subject } = message;
  const keys = references.map(one => ({ id: referenceId(one) }));
  const known = await store.getAll(mailReferences, keys);
  const unknown = references.filter((_, nth) => !known.some(({ id }) => id === keys[nth]!.id)).slice(0, mostUnknown);
  const referred = keys.flatMap(({ id }) => known.find(one => one.id === id)?.about ?? []);
  const [first] = [...(signedCase ? [signedCase] : []), ...referred];
  const found = (first && (await store.get(cases, { id: first }))) || (await quotedCase(store, subject));
  const thread = found || (await openCase(store, message, customerId));
  return { thread: thread && (await survivorOf(thread, store)), unknown };
};

const readKnown = async (message: InboundMessage, { store, now }: Tenant, id: string) => {
  const address = addressOf(message);
  const sender = senderId(message.channel, address);
  const [before, customerId, history, own] = await Promise.all([
    store.get(received, { id }),
    customerOf(store, message.customer),
    store.get(senders, { id: sender }),
    mailboxesOf(store),
  ]);
  const { thread, unknown } = await threadOf(store, message, customerId);
  const writes =
    (message.from?.email ?? undefined) === message.customer.email
      ? customerId
      : await customerOf(store, { email: message.from?.email ?? undefined });
  const since = minus(now, loop.within);
  const lately = (history?.at ?? []).filter(at => at > since);
  const ours = new Set([...own.map(({ address }) => address), env.mailFrom().toLowerCase()]);
  const inThread = [thread?.from?.email, ...(thread?.participants ?? [])];
  return {
    ...{ before, customerId, history, sender, thread, unknown, ours, lately },
    takesPart: Boolean(
      thread && message.proves && ((writes && writes === thread.customerId) || (address && inThread.includes(address))),
    ),
  };
};
type Facts = Awaited<ReturnType<typeof readKnown>>;

/** beside the customer: who wrote, and who was written to, but the company */
const participantsOf = ({ from, to, cc }: InboundMessage, { ours }: Facts, before: string[] = []) => {
  const all = [...before, ...[from, ...to, ...cc].flatMap(one => one?.email ?? [])];
  const strangers = all.filter(email => !ours.has(email) && !ours.has(email.replace(/\+[^+@]*@/, '@')));
  return [...new Set(strangers)].slice(-50);
};

const letterOf = (message: InboundMessage, folder: string, automatic: Letter['automatic']): Letter => {
  const { channel, from, to, cc, subject, html, quoted, calendar } = message;
  const files = { attachments: attachmentsOf(message, folder), raw: rawPath(message, folder) };
  return { channel, from, to, cc, subject, html, quoted, calendar, automatic, ...files };
};

type Made = { about: Case | undefined; message: CaseMessage | undefined; changes: Change[]; folder: string };

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

type Given = { id: Received['id']; message: InboundMessage; facts: Facts; actor: string };

const openedBy = ({ id, message, facts, actor }: Given, linked: Case | undefined, { now }: Tenant): Made => {
  const { customer, mailbox, subject, text, channel, externalId } = message;
  const { email, name } = customer;
  const caseId = idWithin('case', id, 0, now);
  const folder = `${filesOfCase(caseId)}${id}/`;
  const fields = withoutUndefined({
    ...{ subject, description: text, type: 'enquiry' as const, channel, automatic: false },
    from: email ? { email, name: name ?? email } : undefined,
    queue: mailbox?.queueId,
    category: mailbox?.topic,
    mailbox: mailbox?.address,
    brandId: mailbox?.brandId,
    linked: linked ? [linked.id] : [],
    participants: participantsOf(message, facts),
    latestMail: channel === 'email' && externalId ? externalId : undefined,
  });
  const customerId = facts.customerId as Case['customerId'];
  const letter = letterOf(message, folder, null);
  const { after, changes } = newCase(now, { fields, customerId, actor, id: caseId, letter });
  const contact = withoutUndefined({ email, phone: customer.phone, name });
  const event = customerId
    ? eventOf(caseOpened, after)
    : emit(contactUnidentified, { about: caseId, data: { contact, source: channel } });
  const first = changes.find(change => change.do === 'insert' && change.entity.kind === 'caseMessage');
  return { about: after, message: (first as { value: CaseMessage }).value, changes: [...changes, event], folder };
};

const isUpdateOf = (change: Change) => change.do === 'update' && change.entity.kind === cases.kind;

/** The customer's message joins its case, which goes on, is reopened or routed again. */
const joinedBy = async ({ id, message, facts, actor }: Given, before: Case, { now, store }: Tenant): Promise<Made> => {
  const folder = `${filesOfCase(before.id)}${id}/`;
  const latestMail = message.channel === 'email' ? (message.externalId ?? before.latestMail) : before.latestMail;
  const touched = { ...before, participants: participantsOf(message, facts, before.participants), latestMail };
  const replied = await repliedByCustomer(touched, { now, store });
  const after = replied.changes.some(isUpdateOf)
    ? replied
    : {
        after: updated(now, touched, {}),
        changes: [update(cases, before, updated(now, touched, {})), ...replied.changes],
      };
  const fields = { kind: 'inbound', body: message.text, actor, letter: letterOf(message, folder, null) } as const;
  const reply = withReply(now, after, { ...fields, id: idWithin('caseMessage', id, 0, now) });
  return { about: reply.after, message: reply.message, changes: reply.changes, folder };
};

/** what a machine wrote is shown in its case, and changes nothing of it */
const attachedBy = (
  { id, message, actor }: Given,
  about: Case,
  automatic: Letter['automatic'],
  { now }: Tenant,
): Made => {
  const folder = `${filesOfCase(about.id)}${id}/`;
  const fields = { kind: 'inbound', body: message.text, actor, letter: letterOf(message, folder, automatic) } as const;
  const made = newMessage(now, about, { ...fields, id: idWithin('caseMessage', id, 0, now) });
  return { about, message: made.message, changes: [made.change], folder };
};

const madeBy = async (given: Given, becomes: Becomes<Case>, ctx: Tenant): Promise<Made> => {
  if (becomes.outcome === 'case') return openedBy(given, becomes.linked, ctx);
  if (becomes.outcome === 'thread') return joinedBy(given, becomes.thread, ctx);
  if ('thread' in becomes && becomes.thread) return attachedBy(given, becomes.thread, becomes.automatic, ctx);
  return { about: undefined, message: undefined, changes: [], folder: filesOfReceived(given.id) };
};

type Unreachable = { recipient: string; reason: string };

/** nothing is sent any more to an address that does not exist, or whose owner complained */
const unreachable = async (
  id: string,
  { recipient: address, reason }: Unreachable,
  { store, now }: Tenant,
): Promise<Change[]> => {
  const customerId = address && (await customerIdByEmail(store, address));
  const customer = customerId && (await customerById(store, customerId));
  // a report about somebody else is not acted on: anybody can write one
  if (!customer) return [];
  const messageId = derivedId('message', id, address);
  const fields = { channel: 'email' as const, address, reason, at: now, customerId: customer.id };
  return [put(suppressions, { ...fields, messageId }), put(unreachables, { ...fields, id: messageId })];
};

/** items of a transaction */
const mostUnreachable = 20;

const reported = async (id: string, { report }: InboundMessage, ctx: Tenant): Promise<Change[]> => {
  if (report?.kind === 'complaint') {
    return unreachable(id, { recipient: report.recipient ?? '', reason: `complained: ${report.feedback}` }, ctx);
  }
  if (report?.kind !== 'bounce') return [];
  const gone = [...new Map(report.recipients.filter(({ hard }) => hard).map(one => [one.recipient, one])).values()];
  const all = gone
    .slice(0, mostUnreachable)
    .map(({ recipient, reason }) => unreachable(id, { recipient, reason: `bounced: ${reason}` }, ctx));
  return (await Promise.all(all)).flat();
};

const bouncesOf = ({ report }: InboundMessage): Delivery[] | undefined =>
  report && 'recipients' in report ? report.recipients.slice(0, 20) : undefined;

type Outcome = Exclude<Becomes<Case>, { outcome: 'duplicate' }>;

const ledgerOf = (
  { id, message, facts }: Given,
  becomes: Outcome,
  { about, message: part, folder }: Made,
  now: string,
): Received => {
  const { channel, mailbox, from, to, cc, subject, text } = message;
  const bounce = bouncesOf(message);
  const fields = {
    ...nulls(Received),
    ...{ id, channel, from, subject, outcome: becomes.outcome },
    to: to.slice(0, 20),
    cc: cc.slice(0, 20),
    text: part ? '' : text.slice(0, 5000),
    automatic: 'automatic' in becomes ? becomes.automatic : null,
    reason: 'reason' in becomes ? becomes.reason : null,
    mailbox: mailbox?.address ?? null,
    customerId: facts.customerId as Received['customerId'],
    caseId: about?.id ?? null,
    messageId: part?.id ?? null,
    ...(bounce && { bounce }),
    raw: rawPath(message, folder),
  };
  return facts.before ? updated(now, facts.before, fields) : created(now, fields);
};

export type Handled = Pick<Received, 'outcome' | 'automatic' | 'bounce'> & { caseId?: string; message: ShownMessage };

/** a message that is part of no case, as one that is */
const apart = (
  { id, createdAt: at, channel, from, to, cc, subject, text: body, automatic, raw }: Received,
  letter?: Letter,
) => ({
  ...{ id, caseId: null, kind: 'inbound' as const, body, actor: `source:${channel}`, at },
  letter: letter ?? {
    ...{ channel, from, to, cc, subject, automatic, raw },
    ...{ html: null, quoted: '', attachments: [], calendar: null },
  },
});

const repeated = async (before: Received, { tenant, store }: Tenant): Promise<Handled> => {
  const { caseId, messageId: id, automatic } = before;
  const part = caseId && id ? await store.get(caseMessages, { caseId, id }) : undefined;
  const message = await shownMessage(tenant, part ?? apart(before));
  return { outcome: 'duplicate', automatic, ...(caseId && { caseId }), message };
};

export const inboundId = ({ channel, identity }: Pick<InboundMessage, 'channel' | 'identity'>) =>
  derivedId('inbound', channel, identity);

/** by which later messages find the case */
const referencesTo = (about: Case, { externalId }: InboundMessage, { unknown }: Facts, now: string): Change[] =>
  [...new Set([...(externalId ? [externalId] : []), ...unknown])].map(one => referenceTo(about.id, one, now));

/** Receives a message: reads what is known, decides what becomes of it, and commits that once. */
export const receive = async (message: InboundMessage, ctx: Ctx, { released = false } = {}): Promise<Handled> => {
  const { tenant, now } = ctx;
  const id = inboundId(message);
  const facts = await readKnown(message, ctx, id);
  const fromUs = facts.ours.has(addressOf(message));
  const becomes = whatBecomes<Case>(message, { ...facts, fromUs, released, lately: facts.lately.length });
  if (becomes.outcome === 'duplicate') return repeated(facts.before!, ctx);
  const actor = facts.customerId ? `customer:${facts.customerId}` : `source:${message.channel}`;
  const given = { id, message, facts, actor };
  const made = await madeBy(given, becomes, ctx);
  const ledger = ledgerOf(given, becomes, made, now);
  await keepFiles(tenant, message, made.folder);
  const history = {
    id: facts.sender,
    at: [...facts.lately, now].slice(-loop.most),
    version: (facts.history?.version ?? 0) + 1,
  };
  const { about } = made;
  await ctx
    .as(tenant, released ? ctx.actor : actor)
    .store.commit([
      save(received, facts.before, ledger),
      save(senders, facts.history, history),
      ...made.changes,
      ...(about ? referencesTo(about, message, facts, now) : []),
      ...(await reported(id, message, ctx)),
      ...(about ? [] : setAside(ledger, now)),
    ]);
  const shown = await shownMessage(
    tenant,
    made.message ?? apart(ledger, letterOf(message, made.folder, ledger.automatic)),
  );
  const { outcome, automatic, bounce } = ledger;
  return { outcome, automatic, ...(about && { caseId: about.id }), ...(bounce && { bounce }), message: shown };
};

const setAside = (ledger: Received, now: string): Change[] => {
  const outcome = ledger.outcome as Exclude<Received['outcome'], 'case' | 'thread' | 'duplicate'>;
  return [
    eventOf(inboundReceived, { ...ledger, outcome }),
    schedule(plus(now, keptFor), inboundExpired, { about: ledger.id, data: {} }),
  ];
};
