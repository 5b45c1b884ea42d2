import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Condition } from '../shared/conditions/condition.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { listDynamic, listNotFound, listNotYours } from './errors.ts';
import { mergeMember, undoMemberMerge } from './membership.ts';

/** who may see a list beside its owner: all, a group of the user pool (a role or a team), or one user */
const Reader = z
  .string()
  .regex(/^(all|group:[\w-]{1,64}|user:[\w-]{1,128})$/, 'must be all, group:<name> or user:<id>')
  .meta({ examples: ['all', 'group:sales', 'user:5f0c'] });

export const ListFields = z
  .strictObject({
    name: z.string().trim().min(1, 'is empty').max(200),
    kind: z.enum(['static', 'dynamic']),
    where: Condition.optional().describe('the condition of a dynamic list; evaluated whenever it is read'),
    description: z.string().trim().max(2000).optional(),
    sharedWith: z.array(Reader).max(50).default([]),
  })
  .refine(({ kind, where }) => (kind === 'dynamic') === (where !== undefined), {
    path: ['where'],
    message: 'is needed for a dynamic list, and not allowed for a static one',
  });

export const List = z.object({ id: idOf('list'), ...ListFields.shape, owner: z.string(), ...stamps });
export type List = z.output<typeof List>;

export const lists = entity('list', List, { onErase: 'not-personal', lists: { all: { by: () => 'all' } } });

export const Member = z.object({
  customerId: CustomerId,
  listId: idOf('list'),
  /** its position on the list: sorts by when it was added */
  place: z.string(),
  at: Instant,
  by: z.string(),
});
export type Member = z.output<typeof Member>;

export const members = entity('list-member', Member, {
  onErase: 'delete',
  onMerge: {
    merge: (...args) => mergeMember(...args),
    undo: (...args) => undoMemberMerge(...args),
    counted: 'lists',
  },
  area: 'lists',
  key: ({ customerId, listId }: { customerId: string; listId: string }) => ({
    of: ['customer', customerId],
    part: `list#${listId}`,
  }),
  lists: { list: { by: ({ listId }) => listId, sort: ({ place }) => place } },
});

/** bounds of a customer's memberships in its partition */
export const memberParts = { from: 'list#', to: 'list$' };

export const isVisible = ({ owner, sharedWith }: List, { actor, groups }: Pick<Ctx, 'actor' | 'groups'>) =>
  owner === actor ||
  sharedWith.some(reader => reader === 'all' || reader === actor || groups.includes(reader.replace(/^group:/, '')));

export const visibleList = async (ctx: Ctx, id: string): Promise<List> => {
  const list = await ctx.store.get(lists, { id });
  if (!list || !isVisible(list, ctx)) throw listNotFound();
  return list;
};

/** a list that the caller may change: its own, or any for an administrator of settings */
export const ownList = async (ctx: Ctx, id: string): Promise<List> => {
  if (ctx.scopes.has('settings.admin')) return ctx.store.need(lists, { id });
  const list = await visibleList(ctx, id);
  if (list.owner !== ctx.actor) throw listNotYours();
  return list;
};

export const mustBeStatic = ({ kind }: List) => {
  if (kind !== 'static') throw listDynamic();
};
