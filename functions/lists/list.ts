import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Condition } from '../shared/conditions/condition.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { settleMember, unsettleMember } from './member-merge.ts';

/** who may see a list beside its owner: everybody, a group of the user pool (a role or a team), or one user */
const Reader = z
  .string()
  .regex(/^(all|group:[\w-]{1,64}|user:[\w-]{1,128})$/, 'is all, group:<name> or user:<id>')
  .meta({ examples: ['all', 'group:sales', 'user:5f0c'] });

/** what somebody says of a list */
export const ListFields = z
  .strictObject({
    name: z.string().trim().min(1, 'is empty').max(200),
    kind: z.enum(['static', 'dynamic']),
    where: Condition.optional().describe('who is on a dynamic list; judged anew whenever it is read'),
    description: z.string().trim().max(2000).optional(),
    sharedWith: z.array(Reader).max(50).default([]),
  })
  .refine(({ kind, where }) => (kind === 'dynamic') === (where !== undefined), {
    path: ['where'],
    message: 'a dynamic list needs a condition, a static one has none',
  });

/** Customers under a name: put there one by one, or whoever a condition holds for. */
export const List = z.object({
  id: idOf('list'),
  ...ListFields.shape,
  owner: z.string(),
  ...stamps,
});
export type List = z.output<typeof List>;

export const lists = entity('list', List, { onErase: 'not-personal', lists: { all: { by: () => 'all' } } });

/** A customer on a static list. It lies with the customer, so that it goes where the customer goes. */
export const Member = z.object({
  customerId: CustomerId,
  listId: idOf('list'),
  /** its place among the list's members: sorts by when it was put there */
  place: z.string(),
  at: Instant,
  by: z.string(),
});
export type Member = z.output<typeof Member>;

export const members = entity('list-member', Member, {
  onMerge: {
    settle: (...args) => settleMember(...args),
    undo: (...args) => unsettleMember(...args),
    counted: 'lists',
  },
  onErase: 'delete',
  area: 'lists',
  key: ({ customerId, listId }: { customerId: string; listId: string }) => ({
    of: ['customer', customerId],
    part: `list#${listId}`,
  }),
  lists: { list: { by: ({ listId }) => listId, sort: ({ place }) => place } },
});

/** bounds of a customer's memberships in its partition */
export const memberParts = { from: 'list#', to: 'list$' };

/** whether the caller may see a list */
export const maySee = ({ owner, sharedWith }: List, { actor, groups }: Pick<Ctx, 'actor' | 'groups'>) =>
  owner === actor ||
  sharedWith.some(reader => reader === 'all' || reader === actor || groups.includes(reader.replace(/^group:/, '')));

/** A list that the caller may see; one that it may not see is not there. */
export const seen = async (ctx: Ctx, id: string): Promise<List> => {
  const list = await ctx.store.get(lists, { id });
  if (!list || !maySee(list, ctx)) throw new ApiError('missing', 'list.not-found', 'there is no such list');
  return list;
};

/** a list that the caller may change: its own, or any for who administers settings */
export const own = async (ctx: Ctx, id: string): Promise<List> => {
  const administers = ctx.scopes.has('settings.admin');
  const list = administers ? await ctx.store.need(lists, { id }) : await seen(ctx, id);
  if (!administers && list.owner !== ctx.actor) {
    throw new ApiError('forbidden', 'list.not-yours', 'only its owner changes a list');
  }
  return list;
};

/** a list whose members are put there one by one */
export const mustBeStatic = (list: List) => {
  if (list.kind === 'static') return;
  throw new ApiError('conflict', 'list.dynamic', 'who is on a dynamic list follows from its condition');
};
