import * as z from 'zod';
import { newId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { StoredConsent } from '../consent/consent.ts';
import { Identity } from '../customers/identity.ts';
import { DataIssue } from '../data-quality/hygiene/data-issue.ts';
import { Member } from '../lists/list.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';

/** items of one partition that are moved as they are; `of` is the partition's kind */
const Moved = z.object({ what: z.literal('items'), of: z.string(), sks: z.array(z.string()) });

const Refiled = z.object({
  what: z.literal('records'),
  records: z.array(z.object({ pk: z.string(), sk: z.string(), index: z.string() })),
});

/** records of a kind that has its own way of going from one customer to another; see carried.ts */
const Carried = z.object({ what: z.literal('carried'), kind: z.string(), keys: z.array(z.string()) });

const Settled = z.object({
  what: z.literal('parts'),
  identities: z.array(Identity),
  /** `had`: the customer that stayed was on the list itself */
  members: z.array(z.object({ member: Member, had: z.boolean() })),
  /** `went`: along with the value that it is about */
  doubts: z.array(z.object({ doubt: DataIssue, went: z.boolean() })).optional(),
  /** what the customer that stayed had said before, and what it is said to have said since */
  consents: z.array(z.object({ before: StoredConsent.nullable(), after: StoredConsent })),
  /** how much the customer that stayed may owe, because the other might and it had no limit */
  limits: z.array(Money).optional(),
});
export type Settled = z.output<typeof Settled>;

/** A step of moving what belongs to a customer that was merged: what it takes to go the same way back. */
export const TrailStep = z.object({
  id: z.string(),
  mergerId: z.string(),
  step: z.discriminatedUnion('what', [Moved, Refiled, Carried, Settled]),
});
export type TrailStep = z.output<typeof TrailStep>;

export const trail = entity('trail-step', TrailStep, {
  onErase: 'delete',
  area: 'mergers',
  key: ({ mergerId, id }: { mergerId: string; id: string }) => ({ of: ['trail', mergerId], part: id }),
});

/** notes a step before it is taken: a step noted and not taken does no harm */
export const noted = (now: string, mergerId: string, step: TrailStep['step']): Change =>
  put(trail, { id: newId('merge', now), mergerId, step });

export const note = async ({ now, store }: Ctx, mergerId: string, step: TrailStep['step']) => {
  await store.commit([noted(now, mergerId, step)]);
};
