import * as z from 'zod';
import { type Candidate, withTurn } from '../../assignment/assign.ts';
import { readStaff } from '../../assignment/candidates.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { add, type Change, save } from '../../shared/store/changes.ts';
import { entity } from '../../shared/store/entity.ts';
import { allOf } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import type { StoredLead } from './lead.ts';

const open: [kind: string, id: string] = ['lead-load', 'all'];

const holderOf = (lead: StoredLead | undefined) => (lead?.status === 'new' ? lead.ownerId : null);

/** what a change of a lead adds to the open leads of its owners */
export const leadLoadChanges = (before: StoredLead | undefined, after: StoredLead | undefined): Change[] => {
  const [from, to] = [holderOf(before), holderOf(after)];
  if (from === to) return [];
  return [...(from ? [add(open, { open: -1 }, from)] : []), ...(to ? [add(open, { open: 1 }, to)] : [])];
};

const LeadTurn = z.object({
  id: z.string(),
  lastAssignedAt: Instant,
  turns: z.record(z.string(), Instant),
  version: stamps.version,
});

/** When a staff member was last given a lead. Of two leads at a time that are given to one, one is decided again. */
export const leadTurns = entity('lead-turn', LeadTurn, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['lead-turn', 'all'], part: id }),
});

export type Rep = Candidate & { version: number };

/** everybody who may be given leads, read consistently */
export const readReps = async (store: Store): Promise<Rep[]> => {
  // turns first: a lead that is given after them changes its owner's
  const turns = new Map((await allOf(store, leadTurns)).map(one => [one.id, one]));
  const [staff, { items: counted }] = await Promise.all([readStaff(store), store.partition(open, { limit: 1000 })]);
  const loads = new Map(counted.map(({ sk, open }) => [sk, Number(open ?? 0)]));
  return staff.map(one => {
    const { lastAssignedAt = null, turns: own = {}, version = 0 } = turns.get(one.id) ?? {};
    return { ...one, load: loads.get(one.id) ?? 0, lastAssignedAt, turns: own, version };
  });
};

export const turnTaken = (now: string, { id, version, turns, lastAssignedAt }: Rep, rule: string): Change => {
  const before = version ? { id, version, turns: turns ?? {}, lastAssignedAt: lastAssignedAt ?? now } : undefined;
  return save(leadTurns, before, { id, version: version + 1, lastAssignedAt: now, turns: withTurn(turns, rule, now) });
};
