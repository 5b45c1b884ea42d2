import { accountChange } from '../billing/account.ts';
import { finances, noFinance } from '../billing/finance.ts';
import { tallies } from '../computed-attributes/tally.ts';
import { consentEvent, consents, effective } from '../consent/consent.ts';
import { hasSameValue } from '../customers/attributes/same-value.ts';
import { type Customer, customers } from '../customers/customer.ts';
import { identities } from '../customers/identity.ts';
import { dataIssues } from '../data-quality/hygiene/data-issue.ts';
import { members } from '../lists/list.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, insert, remove, update } from '../shared/store/changes.ts';
import { type Item, revive } from '../shared/store/entity.ts';
import type { Merger } from './merger.ts';
import { noted, type Settled } from './trail.ts';

type Consent = Settled['consents'][number]['after'];
type CustomerId = Customer['id'];

/**
 * Of two words on one channel and topic the later counts; of two at once the one that withdraws. One that was never confirmed
 * is no word against one that counts.
 */
export const laterWord = <C extends Pick<Consent, 'at' | 'status'>>(mine: C | undefined, other: C): boolean => {
  if (!mine) return true;
  if (mine.status !== other.status && [mine, other].some(({ status }) => status === 'pending')) {
    if (mine.status === 'granted') return false;
    if (other.status === 'granted') return true;
  }
  return other.at > mine.at || (other.at === mine.at && other.status === 'withdrawn' && mine.status !== 'withdrawn');
};

type Turned = { changes: Change[]; settled: Partial<Settled> };

const turnConsent = async (item: Item, into: CustomerId, { store, now }: Ctx): Promise<Turned> => {
  const other = effective(revive(consents, item), now);
  const before = await store.get(consents, { ...other, customerId: into });
  if (!laterWord(before && effective(before, now), other)) return { changes: [], settled: {} };
  const after: Consent = { ...other, customerId: into, version: (before?.version ?? 0) + 1 };
  const changes = [before ? update(consents, before, after) : insert(consents, after)];
  // consents that say the same need not be told
  if (before?.status !== after.status) changes.push(consentEvent(after));
  return { changes, settled: { consents: [{ before: before ?? null, after }] } };
};

const turnIdentity = (item: Item, into: CustomerId): Turned => {
  const other = revive(identities, item);
  return {
    changes: [remove(identities, other), insert(identities, { ...other, id: into })],
    settled: { identities: [other] },
  };
};

const turnMember = async (item: Item, into: CustomerId, { store }: Ctx): Promise<Turned> => {
  const member = revive(members, item);
  const had = (await store.get(members, { ...member, customerId: into })) !== undefined;
  return {
    changes: [remove(members, member), ...(had ? [] : [insert(members, { ...member, customerId: into })])],
    settled: { members: [{ member, had }] },
  };
};

/** invoices take what is owed along with them, one by one; the limit is the other's where there is none */
const turnAccount = async (item: Item, into: CustomerId, { store }: Ctx): Promise<Turned> => {
  const { creditLimit } = revive(finances, item);
  const mine = await store.get(finances, { customerId: into });
  if (!creditLimit || mine?.creditLimit) return { changes: [], settled: {} };
  const after = { ...(mine ?? noFinance(into)), creditLimit };
  return { changes: [accountChange(mine, after)], settled: { limits: [creditLimit] } };
};

/** A doubt goes along with the value that it is about; one about a value that was given up waits to be had back. */
const turnDoubt = async (item: Item, into: CustomerId, { store }: Ctx): Promise<Turned> => {
  const doubt = revive(dataIssues, item);
  const [there, mine, other] = await Promise.all([
    store.get(dataIssues, { ...doubt, customerId: into }),
    store.get(customers, { id: into }),
    store.get(customers, { id: doubt.customerId }),
  ]);
  const goes = !there && mine && other && hasSameValue(mine, other, doubt.attribute);
  return {
    changes: [remove(dataIssues, doubt), ...(goes ? [insert(dataIssues, { ...doubt, customerId: into })] : [])],
    settled: { doubts: [{ doubt, went: Boolean(goes) }] },
  };
};

/** what lies with a customer and is settled one by one; each takes a handful of writes */
const turn = async (item: Item, into: CustomerId, ctx: Ctx): Promise<Turned> => {
  if (item.kind === consents.kind) return turnConsent(item, into, ctx);
  if (item.kind === identities.kind) return turnIdentity(item, into);
  if (item.kind === members.kind) return turnMember(item, into, ctx);
  if (item.kind === finances.kind) return turnAccount(item, into, ctx);
  if (item.kind === dataIssues.kind) return turnDoubt(item, into, ctx);
  // what happened is counted anew where it has gone
  if (item.kind === tallies.kind) return { changes: [remove(tallies, revive(tallies, item))], settled: {} };
  return { changes: [], settled: {} };
};

/** Settles some of the parts that lie with the record that was merged away, and notes how; in one transaction. */
export const settleParts = async (items: Item[], { id, into }: Merger, ctx: Ctx): Promise<Record<string, number>> => {
  const turned = await Promise.all(items.map(item => turn(item, into, ctx)));
  const changes = turned.flatMap(one => one.changes);
  if (!changes.length) return {};
  const settled: Settled = {
    what: 'parts',
    identities: turned.flatMap(one => one.settled.identities ?? []),
    members: turned.flatMap(one => one.settled.members ?? []),
    doubts: turned.flatMap(one => one.settled.doubts ?? []),
    consents: turned.flatMap(one => one.settled.consents ?? []),
    limits: turned.flatMap(one => one.settled.limits ?? []),
  };
  await ctx.store.commit([...changes, noted(ctx.now, id, settled)]);
  const { identities: moved, members: joined, consents: said } = settled;
  return { identities: moved.length, lists: joined.length, consents: said.length };
};
