import type { StoredCustomer } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { peopleOf } from './bulk/people-of.ts';
import type { routes } from './contract.ts';
import { members, mustBeStatic, own } from './list.ts';
import { joining } from './membership.ts';

type Id = StoredCustomer['id'];
type Result = { customerId: Id; result: 'added' | 'there' | 'failed'; problem?: { code: string; message: string } };

const failed = (customerId: Id, code: string, message: string): Result => ({
  customerId,
  result: 'failed',
  problem: { code, message },
});

const notThere = (id: Id, person: null | undefined) =>
  person === null
    ? failed(id, 'customer.erased', 'this customer was erased on request')
    : failed(id, 'customer.not-found', 'there is no such customer');

/** what became of putting a customer on the list; whoever lost against another put is on it */
const resultOf = (customerId: Id, failure: unknown): Result => {
  if (failure === undefined) return { customerId, result: 'added' };
  if (failure instanceof VersionConflict) return { customerId, result: 'there' };
  if (failure instanceof ApiError) return failed(customerId, failure.code, failure.message);
  throw failure;
};

/** Puts many customers on a list at once; one that cannot be put there keeps no other off it. */
export const putMembers: Handler<typeof routes.putMembers> = async ({ params: { id = '' }, body }, ctx) => {
  const list = await own(ctx, id);
  mustBeStatic(list);
  const ids = [...new Set(body.customers)];
  const people = await peopleOf(ctx.store, ids);
  const standing = ids.flatMap(one => people.get(one)?.id ?? []);
  const held = await ctx.store.getAll(
    members,
    standing.map(customerId => ({ customerId, listId: list.id })),
  );
  const there = new Set(held.map(({ customerId }) => customerId));
  // two ids may be one customer by now
  const joins = [...new Set(standing)].filter(one => !there.has(one));
  const failures = await ctx.store.commitAll(joins.map(one => joining(ctx, list, one)));
  const told = new Set<Id>();
  const results = ids.map((one): Result => {
    const person = people.get(one);
    if (!person) return notThere(one, person);
    const nth = joins.indexOf(person.id);
    const again = told.has(person.id) && failures[nth] === undefined;
    told.add(person.id);
    return nth < 0 || again ? { customerId: one, result: 'there' } : resultOf(one, failures[nth]);
  });
  const count = (wanted: Result['result']) => results.filter(({ result }) => result === wanted).length;
  return { added: count('added'), there: count('there'), failed: count('failed'), results };
};
