import { calendars } from '../../assignment/business-calendar.ts';
import type { customerById } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { allOf } from '../../shared/store/record-page.ts';
import type { Case } from '../cases/case.ts';
import { slaPolicies } from '../desk/sla-policy.ts';
import { aboutCase, policyFor } from './classify.ts';
import type { Terms } from './sla.ts';

type Customer = Awaited<ReturnType<typeof customerById>>;

/** the policy that applies to a case as it is */
export const policyOf = async (one: Case, customer: Customer, { store, now }: Ctx): Promise<Terms> => {
  const policies = await allOf(store, slaPolicies);
  const { policy } = policyFor({ ...aboutCase(one), customer, queue: one.queue }, policies, now);
  const hours = policy?.calendarId ? await store.get(calendars, { id: policy.calendarId }) : undefined;
  return { policy, hours: hours ?? null };
};
