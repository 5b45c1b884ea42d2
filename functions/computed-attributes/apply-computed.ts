import { computedSource } from '../customers/attributes/definitions.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { changedCustomer, profileOf } from '../customers/profile.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Change } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import type { Value } from './aggregate.ts';

export type ComputedValue = { attribute: string; value: Value | undefined };

const expiresAfter = 'P7D';

/** a value may change with every event of the timeline, which therefore does not show it: it is published to subscribers only */
const offTimeline =
  (now: string, { id }: StoredCustomer) =>
  (change: Change): Change =>
    change.do === 'emit' ? { ...change, quiet: true, of: ['log', id], until: plus(now, expiresAfter) } : change;

const nameOf = (attribute: string) => attribute.slice('attributes.'.length);

export const applyComputed = (
  now: string,
  customer: StoredCustomer,
  computed: ComputedValue[],
  settings: CustomerSettings,
): Change[] => {
  const before = valuesOf(profileOf(customer));
  const due = computed.filter(({ attribute, value }) => value || before.has(attribute));
  if (!due.length) return [];
  const values = new Map(due.map(({ attribute, value }) => [attribute, value]));
  const patch = { attributes: Object.fromEntries(due.map(one => [nameOf(one.attribute), one.value?.value ?? null])) };
  const each = (attribute: string) => {
    const at = values.get(attribute)?.at;
    return at === undefined ? undefined : { source: computedSource, observedAt: at < now ? at : now };
  };
  try {
    const writing = { settings, source: computedSource, decides: true, checks: 'none', each } as const;
    return changedCustomer(now, customer, patch, writing).changes.map(offTimeline(now, customer));
  } catch (error) {
    // the customer has no room for more attributes: the events stay counted
    if (error instanceof ApiError && error.kind === 'invalid') return [];
    throw error;
  }
};
