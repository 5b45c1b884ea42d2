import type { Ctx } from '../shared/http/context.ts';
import { takeQuota } from '../shared/store/quota.ts';
import type { Store } from '../shared/store/store.ts';
import { fromOf, signedInFrom } from './sign-in.ts';

const hour = 3600;

/** of one who signs in to one address, of one caller, of one address by whomever, of all of a company: in an hour */
const most = { asked: { own: 5, caller: 30, address: 30, tenant: 5000 }, tried: { caller: 60, tenant: 20_000 } };

type Caller = Pick<Ctx, 'tenant' | 'now'> & { ip: string };

const secondsLeft = async ({ tenant, now }: Caller, quotas: [name: string, most: number][]) => {
  for (const [name, count] of quotas) {
    const left = await takeQuota(tenant, { name: `sign-in ${name}`, most: count, seconds: hour }, now);
    if (left) return left;
  }
  return 0;
};

/** Seconds until a caller can request a code for an address; 0: now. */
export const askingWait = async (caller: Caller, id: string, store: Store) => {
  const from = fromOf(caller.ip);
  const isKnown = (await store.get(signedInFrom, { id, from })) !== undefined;
  return secondsLeft(caller, [
    [`asked ${from} ${id}`, most.asked.own],
    [`asked ${from}`, most.asked.caller],
    ...(isKnown
      ? []
      : [[`asked ${id}`, most.asked.address] as [string, number], ['asked', most.asked.tenant] as [string, number]]),
  ]);
};

export const tryingWait = (caller: Caller) =>
  secondsLeft(caller, [
    [`tried ${fromOf(caller.ip)}`, most.tried.caller],
    ['tried', most.tried.tenant],
  ]);
