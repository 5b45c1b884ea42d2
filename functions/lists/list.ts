import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { teamsOfUser } from '../organisation/reads.ts';
import { staff } from '../organisation/staff-member.ts';
import { teams } from '../organisation/team.ts';
import { Condition } from '../shared/conditions/condition.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { listDynamic, listNotFound, listNotYours } from './errors.ts';
import { mergeMember, undoMemberMerge } from './membership.ts';

/** who may see a list beside its owner: all, a team with the teams below it, or one user */
const Reader = z
  .string()
  .regex(/^(all|team:[a-z][a-z0-9-]{0,39}|user:.{1,128})$/, 'must be all, team:<id> or user:<id>')
  .meta({ examples: ['all', 'team:key-accounts', 'user:5f0c'] });

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

const isVisibleTo = (actor: string, inTeams: string[] = []) => {
  const readers = new Set(['all', actor, ...inTeams.map(team => `team:${team}`)]);
  return ({ owner, sharedWith }: List) => owner === actor || sharedWith.some(reader => readers.has(reader));
};

/** whether the caller may see a list */
export const visibility = async ({ actor, store }: Pick<Ctx, 'actor' | 'store'>) =>
  isVisibleTo(actor, actor.startsWith('user:') ? await teamsOfUser(store, actor.slice('user:'.length)) : []);

export const visibleList = async (ctx: Ctx, id: string): Promise<List> => {
  const list = await ctx.store.get(lists, { id });
  if (!list) throw listNotFound();
  if (isVisibleTo(ctx.actor)(list)) return list;
  const isSharedWithTeam = list.sharedWith.some(reader => reader.startsWith('team:'));
  if (!isSharedWithTeam || !(await visibility(ctx))(list)) throw listNotFound();
  return list;
};

/** Refuses to share a list with a team that does not exist, and warns of users whom nobody has registered. */
export const checkReaders = async ({ sharedWith }: Pick<List, 'sharedWith'>, { store, warnings }: Ctx) => {
  type Read = (ids: string[]) => Promise<{ id: string }[]>;
  const missing = async (kind: 'team' | 'user', read: Read) => {
    const named = sharedWith.flatMap((reader, nth) =>
      reader.startsWith(`${kind}:`) ? [{ path: `sharedWith.${nth}`, id: reader.slice(kind.length + 1) }] : [],
    );
    const found = new Set((await read(named.map(({ id }) => id))).map(({ id }) => id));
    return named.filter(({ id }) => !found.has(id));
  };
  const [unknown, strangers] = await Promise.all([
    missing('team', ids => store.getByIds(teams, ids)),
    missing('user', ids =>
      store.getAll(
        staff,
        ids.map(id => ({ id })),
      ),
    ),
  ]);
  if (unknown.length)
    throw invalid(unknown.map(({ path, id }) => ({ path, message: `the team ${id} does not exist` })));
  const message = 'is not registered as staff: the list is shown to nobody until a user with this id signs in';
  warnings.push(...strangers.map(({ path }) => ({ path, message })));
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
