import type { customerById } from '../../customers/reads.ts';
import { type Condition, evaluate } from '../../shared/conditions/condition.ts';
import type { Case } from '../cases/case.ts';
import type { BusinessCalendar } from '../desk/business-calendar.ts';
import type { AnyQueue } from '../desk/desk.ts';
import { general } from '../desk/queue.ts';
import type { SlaPolicy } from '../desk/sla-policy.ts';
import { languageOf } from './language.ts';
import { promised } from './sla.ts';
import { categoryOf, priorityOf } from './topics.ts';

export type Customer = Awaited<ReturnType<typeof customerById>>;
export type Rules = { queues: AnyQueue[]; policies: SlaPolicy[]; calendars: BusinessCalendar[] };

type Judged = { holds: boolean; reasons: string[] };

const judge = (match: Condition | undefined, about: Record<string, unknown>, now: string): Judged =>
  match ? evaluate(match, { attributes: about, now }) : { holds: true, reasons: ['it takes every case'] };

/** the heaviest queue that says it takes the case, else the heaviest that takes whatever is left */
const queueFor = (about: Record<string, unknown>, queues: AnyQueue[], now: string) => {
  const ranked = queues.toSorted(
    (a, b) => Number(!a.match) - Number(!b.match) || b.weight - a.weight || (a.id < b.id ? -1 : 1),
  );
  for (const queue of ranked) {
    const { holds, reasons } = judge(queue.match, about, now);
    if (holds) return { queue, reasons: [`queue ${queue.id}: ${reasons.join('; ')}`] };
  }
  return { queue: general, reasons: [`queue ${general.id}: no other takes it`] };
};

const policyFor = (about: Record<string, unknown>, policies: SlaPolicy[], now: string) => {
  for (const policy of policies.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))) {
    const { holds, reasons } = judge(policy.match, about, now);
    if (holds) return { policy, reasons: [`policy ${policy.id}: ${reasons.join('; ')}`] };
  }
  return { policy: undefined, reasons: ['no policy matches: nothing is due'] };
};

const basics = (before: Case, customer: Customer) => {
  const language =
    before.language ?? languageOf(`${before.subject}\n${before.description}`) ?? customer?.locale?.split(/[-_]/)[0];
  const { category, reason: why } = categoryOf(before);
  const { priority, reason: how } = priorityOf(before);
  return {
    settled: {
      language: language ?? null,
      category: before.category ?? category,
      priority: before.priority ?? priority,
    },
    reasons: [
      before.category ? `category ${before.category}: as given` : why,
      before.priority ? `priority ${before.priority}: as given` : how,
      `language ${language ?? 'unknown'}${before.language ? ': as given' : ''}`,
    ],
  };
};

/** What a case is about, how pressing it is, where it belongs and what is promised. What was given is kept. */
export const classify = (before: Case, customer: Customer, rules: Rules, now: string) => {
  const { settled, reasons } = basics(before, customer);
  const { subject, description, type, channel, productId } = before;
  const about = { subject, description, type, channel, productId, ...settled, customer };
  const chosen = before.queue
    ? { queue: { id: before.queue }, reasons: [`queue ${before.queue}: as before`] }
    : queueFor(about, rules.queues, now);
  const { policy, reasons: promises } = policyFor({ ...about, queue: chosen.queue.id }, rules.policies, now);
  const hours = rules.calendars.find(({ id }) => id === policy?.calendarId) ?? null;
  return {
    changed: { ...settled, queue: chosen.queue.id, sla: promised(before.sla, policy, hours, now) },
    reasons: [...reasons, ...chosen.reasons, ...promises],
  };
};
