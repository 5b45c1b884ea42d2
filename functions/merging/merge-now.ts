import { settingsOf } from '../customers/settings.ts';
import { acceptPair } from '../matching/decide-pair.ts';
import { duplicateId, duplicates } from '../matching/duplicate.ts';
import { mayMerge } from '../matching/may-merge.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Change } from '../shared/store/changes.ts';
import { decideMerge } from './merge.ts';
import type { Choices } from './merge-profiles.ts';
import type { Merger } from './merger.ts';
import { moveNow } from './move.ts';

type Asked = {
  /** ids of the customer that stays, and of the one that is merged into it */
  into: string;
  from: string;
  choices?: Choices | undefined;
  /** what speaks for it, in words */
  why: string[];
};

/** What a merger of two customers would come to; refuses what cannot be merged: see may-merge.ts. */
export const weighMerge = async (ctx: Ctx, { choices = {}, why, ...ids }: Asked) => {
  const [pair, settings] = await Promise.all([mayMerge(ctx, ids.into, ids.from), settingsOf(ctx.store)]);
  const { changes, ...decided } = decideMerge(ctx, { ...pair, choices, why, settings });
  // whoever merges two records has judged them
  const before = await ctx.store.get(duplicates, { id: duplicateId(pair.into.id, pair.from.id) });
  const accepted = before && acceptPair(ctx.now, before, { into: pair.into.id, by: ctx.actor });
  const all = [...changes, ...(accepted?.changes ?? [])];
  return { ...pair, settings, ...decided, duplicate: accepted?.duplicate, changes: all };
};

/** Does it, in one transaction, and moves what belongs to the one to the other: the first hundreds of it before this returns. */
export const carryOut = async <R>(ctx: Ctx, { merger, changes }: { merger: Merger; changes: Change[] }, reply?: R) => {
  const told = await ctx.store.commit(changes, reply);
  await moveNow('merge', merger, ctx);
  return told;
};
