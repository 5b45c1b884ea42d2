import { memberships } from '../customer-facts/membership.ts';
import { filterByCondition } from '../customer-facts/reads.ts';
import { resolveAllMerged } from '../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { lists, members } from '../lists/list.ts';
import { ends, overlap, typeKey } from '../relationships/end.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import type { Ctx } from '../shared/http/context.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { allPages } from '../shared/store/record-page.ts';
import type { Paging } from '../shared/store/store.ts';
import { audienceOf, type Campaign } from './campaign.ts';

type Id = StoredCustomer['id'];
type Page = { people: StoredCustomer[]; nextCursor: string | null };

const existing = async (ids: Id[], { store }: Ctx): Promise<StoredCustomer[]> => {
  const found = await resolveAllMerged(store, ids);
  return [...new Map([...found.values()].flatMap(one => (one ? [[one.id, one] as const] : []))).values()];
};

const ofAll = async (where: Condition | undefined, paging: Paging, ctx: Ctx): Promise<Page> => {
  const { items, nextCursor } = await ctx.store.list(customers, 'all', 'all', paging);
  return { people: await filterByCondition(items, where, ctx), nextCursor };
};

const ofList = async (listId: string, paging: Paging, ctx: Ctx): Promise<Page> => {
  const list = await ctx.store.get(lists, { id: listId });
  if (!list) return { people: [], nextCursor: null };
  if (list.kind === 'dynamic') return ofAll(list.where, paging, ctx);
  const { items, nextCursor } = await ctx.store.list(members, 'list', listId, paging);
  return {
    people: await existing(
      items.map(({ customerId }) => customerId),
      ctx,
    ),
    nextCursor,
  };
};

const ofSegment = async (segmentId: string, until: string, paging: Paging, ctx: Ctx): Promise<Page> => {
  const { items, nextCursor } = await ctx.store.list(memberships, 'segment', segmentId, paging);
  const ids = items.filter(({ since }) => since <= until).map(({ customerId }) => customerId);
  return { people: await existing(ids, ctx), nextCursor };
};

const mostContacts = 1_000;
const together = 10;

type Contacts = NonNullable<NonNullable<Campaign['audience']>['contacts']>;

/** the people who are related to an organisation now, in one of the roles if any are named */
const contactsOf = async ({ id }: StoredCustomer, { type, roles }: Contacts, { store, now }: Ctx): Promise<Id[]> => {
  const today = now.slice(0, 'YYYY-MM-DD'.length);
  const wanted = roles?.map(role => role.toLowerCase());
  const found = await allPages(
    cursor => store.list(ends, 'type', typeKey(id, type), { limit: 100, cursor }),
    mostContacts,
  );
  return found
    .filter(end => !end.claimed && overlap(end, { from: today, until: today }))
    .filter(({ role }) => !wanted || wanted.includes(role?.toLowerCase() ?? ''))
    .map(end => end.with);
};

const peopleAt = async (organisations: StoredCustomer[], contacts: Contacts, ctx: Ctx) => {
  const ids = await mapConcurrent(organisations, together, one => contactsOf(one, contacts, ctx));
  const related = await existing([...new Set(ids.flat())], ctx);
  return related.filter(({ kind }) => kind === 'person');
};

/** A page of the people in the audience, as they are now; those who came into the segment later than `asOf` are left out. */
export const audiencePage = async (campaign: Campaign, asOf: string, paging: Paging, ctx: Ctx): Promise<Page> => {
  const { segmentId, listId, if: where, contacts } = audienceOf(campaign);
  const page = segmentId
    ? await ofSegment(segmentId, asOf, paging, ctx)
    : await (listId ? ofList(listId, paging, ctx) : ofAll(where, paging, ctx));
  if (!contacts) return page;
  const organisations = page.people.filter(({ kind }) => kind === 'organisation');
  return { ...page, people: await peopleAt(organisations, contacts, ctx) };
};
