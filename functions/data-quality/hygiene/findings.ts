import type * as z from 'zod';
import type { IssueCause } from '../../../events/hygiene.ts';
import { lastSeen } from '../../customers/attributes/confidence.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { isWithin } from '../../customers/attributes/paths.ts';
import type { Origin } from '../../customers/attributes/provenance.ts';
import { attributesOf } from '../../customers/attributes/value-facts.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import { minus } from '../../shared/time/duration.ts';
import { completenessOf, named } from '../starts/facts.ts';
import { wholeRecord } from './data-issue.ts';
import type { Rule } from './rules.ts';

export type Finding = { rule: Rule; attribute: string; cause: z.output<typeof IssueCause>; why: string };

type By = { settings: CustomerSettings; now: string };

/** the latest date of an attribute or of any of its parts; undefined where there is no value */
const latest = (customer: StoredCustomer, attribute: string, of: (origin: Origin) => string): string | undefined =>
  attributesOf(customer)
    .filter(one => isWithin(one, attribute))
    .map(one => of(originOf(customer, one)))
    .sort()
    .at(-1);

const older = (customer: StoredCustomer, rule: Rule, by: By): Finding[] => {
  const { stale, unverified } = rule.when;
  const { attributes = [] } = stale ?? unverified ?? {};
  const most = stale?.olderThan ?? unverified?.within ?? 'P0D';
  const limit = minus(by.now, most);
  return attributes.flatMap(attribute => {
    const last = latest(customer, attribute, stale ? lastSeen : origin => origin.verified?.at ?? origin.observedAt);
    if (last === undefined || last >= limit) return [];
    const since = last.slice(0, 10);
    const why = stale
      ? `last observed or verified on ${since}, longer ago than ${most}`
      : `not verified within ${most}: last on ${since}, or never`;
    return [{ rule, attribute, cause: stale ? ('stale' as const) : ('unverified' as const), why }];
  });
};

const incomplete = (customer: StoredCustomer, rule: Rule, { settings }: By): Finding[] => {
  const found = completenessOf({ customer, settings });
  if (!found || !rule.when.incomplete) return [];
  const { required, missing } = found;
  const share = 100 * (1 - missing.length / required.length);
  if (share >= rule.when.incomplete.below) return [];
  const why = `${Math.round(share)} % of the required attributes are present; missing: ${named(missing)}`;
  return [{ rule, attribute: wholeRecord, cause: 'incomplete', why }];
};

/** What a rule finds of a customer; rules that follow events find nothing. Pure. */
export const findingsOf = (customer: StoredCustomer, rule: Rule, by: By): Finding[] =>
  rule.when.incomplete ? incomplete(customer, rule, by) : older(customer, rule, by);
