import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isObject } from '../shared/json.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { dayOf } from '../shared/time/duration.ts';
import type { Plan } from './plan-sessions.ts';
import { type Session, sourceIn } from './session.ts';

type Touch = Session['touch'];

const isOlder = (known: unknown, at: string) => isObject(known) && String(known.at) < at;

const essence = ({ at, ...source }: Touch) => JSON.stringify({ ...source, day: dayOf(at) });

/** each visit is a touch: one of the same source on the same day is not worth another version of the customer */
const differs = (known: unknown, touch: Touch) =>
  !isObject(known) || essence(known as unknown as Touch) !== essence(touch);

/** by which source a customer came first, and last not directly, as far as it changes */
const touchesOf = ({ is, whole }: Plan, { attributes = {} }: StoredCustomer) => {
  const [first, last] = [is[0], is.at(-1)];
  if (!first || !last) return {};
  const { startedAt: at } = first;
  const own: Touch = { ...sourceIn(first), at };
  const { firstTouch, lastTouch } = attributes;
  const isFirst = whole.start || !isOlder(firstTouch, at);
  return {
    ...(isFirst && differs(firstTouch, own) ? { firstTouch: own } : {}),
    ...(whole.end && differs(lastTouch, last.touch) ? { lastTouch: last.touch } : {}),
  };
};

/** Keeps the first and the last touch of a customer; they prove as little as the pages that say so. */
export const keepTouches = async (customerId: string, plan: Plan, { store, now }: Ctx): Promise<void> =>
  retryOnConflict(async () => {
    const customer = await store.get(customers, { id: customerId });
    if (!customer || !isActive(customer)) return;
    const attributes = touchesOf(plan, customer);
    const touches = Object.values(attributes);
    if (!touches.length) return;
    const observedAt = touches
      .map(({ at }) => at)
      .sort()
      .at(-1);
    const settings = await settingsOf(store);
    const writing = { settings, source: 'tracking:sessions', observedAt, decides: true, checks: 'none' } as const;
    try {
      const { changes } = changedCustomer(now, customer, { attributes }, writing);
      if (changes.length) await store.commit(changes);
    } catch (error) {
      // the customer has no room for more attributes
      if (!(error instanceof ApiError) || error.kind !== 'invalid') throw error;
    }
  });
