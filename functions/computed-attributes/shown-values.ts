import { computedSource } from '../customers/attributes/definitions.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { type CustomerWrite, changedCustomer, profileOf } from '../customers/profile.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Change } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import type { Value } from './tallied.ts';

/** of an attribute; undefined where no event counts */
export type Computed = { attribute: string; value: Value | undefined };

/** an event that nobody listened to is not kept any longer */
const unheard = 'P7D';

/**
 * A value may change with every step that somebody takes. The timeline has those steps and is not told of them twice; it is
 * said to those who listen.
 */
const aside =
  (now: string, { id }: StoredCustomer) =>
  (change: Change): Change =>
    change.do === 'emit' ? { ...change, quiet: true, of: ['log', id], until: plus(now, unheard) } : change;

const nothing = (customer: StoredCustomer): CustomerWrite => ({ customer, changes: [], kept: [] });

const nameOf = (attribute: string) => attribute.slice('attributes.'.length);

/** A customer with values as they are computed, each as of the event that made it so. */
export const withComputed = (
  now: string,
  customer: StoredCustomer,
  computed: Computed[],
  settings: CustomerSettings,
): CustomerWrite => {
  const had = valuesOf(profileOf(customer));
  const due = computed.filter(({ attribute, value }) => value || had.has(attribute));
  if (!due.length) return nothing(customer);
  const values = new Map(due.map(({ attribute, value }) => [attribute, value]));
  const patch = { attributes: Object.fromEntries(due.map(one => [nameOf(one.attribute), one.value?.value ?? null])) };
  const each = (attribute: string) => {
    const at = values.get(attribute)?.at;
    return at === undefined ? undefined : { source: computedSource, observedAt: at < now ? at : now };
  };
  try {
    const writing = { settings, source: computedSource, decides: true, checks: 'none', each } as const;
    const decided = changedCustomer(now, customer, patch, writing);
    return { ...decided, changes: decided.changes.map(aside(now, customer)) };
  } catch (error) {
    // its attributes have no room for more: what is counted stays counted
    if (error instanceof ApiError && error.kind === 'invalid') return nothing(customer);
    throw error;
  }
};
