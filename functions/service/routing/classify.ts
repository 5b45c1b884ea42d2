import type { BusinessCalendar } from '../../assignment/business-calendar.ts';
import type { customerById } from '../../customers/reads.ts';
import { type Condition, evaluate } from '../../shared/conditions/condition.ts';
import type { Case } from '../cases/case.ts';
import type { Category } from '../desk/category.ts';
import type { PriorityRules } from '../desk/priority-settings.ts';
import { general } from '../desk/queue.ts';
import type { AnyQueue } from '../desk/read-desk.ts';
import type { SlaPolicy } from '../desk/sla-policy.ts';
import { categoryOf, languageOf, priorityOf } from './read-text.ts';
import { dueTimes } from './sla.ts';

type Customer = Awaited<ReturnType<typeof customerById>>;
type Classes = { categories: Category[]; priorities: PriorityRules };
type Rules = Classes & { queues: AnyQueue[]; policies: SlaPolicy[]; calendars: BusinessCalendar[] };

type Judgement = { holds: boolean; reasons: string[] };

const judge = (match: Condition | undefined, about: Record<string, unknown>, now: string): Judgement =>
  match ? evaluate(match, { attributes: about, now }) : { holds: true, reasons: ['takes every case'] };

/** the heaviest queue with a matching condition, else the heaviest without a condition */
const queueFor = (about: Record<string, unknown>, queues: AnyQueue[], now: string) => {
  const ranked = queues.toSorted(
    (a, b) => Number(!a.match) - Number(!b.match) || b.weight - a.weight || (a.id < b.id ? -1 : 1),
  );
  for (const queue of ranked) {
    const { holds, reasons } = judge(queue.match, about, now);
    if (holds) return { queue, reasons: [`queue ${queue.id}: ${reasons.join('; ')}`] };
  }
  return { queue: general, reasons: [`queue ${general.id}: no other queue matches`] };
};

export const policyFor = (about: Record<string, unknown>, policies: SlaPolicy[], now: string) => {
  for (const policy of policies.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))) {
    const { holds, reasons } = judge(policy.match, about, now);
    if (holds) return { policy, reasons: [`policy ${policy.id}: ${reasons.join('; ')}`] };
  }
  return { policy: undefined, reasons: ['no SLA policy matches: nothing is due'] };
};

const basicFields = (before: Case, customer: Customer, { categories, priorities }: Classes) => {
  const written = before.language ?? languageOf(`${before.subject}\n${before.description}`);
  const language = written ?? customer?.locale?.split(/[-_]/)[0];
  const { category, reason: categoryReason } = categoryOf(before, written, categories);
  const { priority, reason: priorityReason } = priorityOf(before, written, priorities);
  return {
    fields: {
      language: language ?? null,
      category: before.category ?? category,
      priority: before.priority ?? priority,
    },
    reasons: [
      before.category ? `category ${before.category}: as given` : categoryReason,
      before.priority ? `priority ${before.priority}: as given` : priorityReason,
      `language ${language ?? 'unknown'}${before.language ? ': as given' : ''}`,
    ],
  };
};

/** what conditions over a case find of it */
export const aboutCase = ({ subject, description, type, channel, productId, ...of }: Case) => ({
  ...{ subject, description, type, channel, productId, typeId: of.typeId, severity: of.severity, impact: of.impact },
  ...{ language: of.language, category: of.category, priority: of.priority, tags: of.tags, attributes: of.attributes },
});

/** The language, category, priority, queue and due times of a case. Given values stay. */
export const classify = (before: Case, customer: Customer, rules: Rules, now: string) => {
  const { fields, reasons } = basicFields(before, customer, rules);
  const about = { ...aboutCase({ ...before, ...fields }), customer };
  const chosen = before.queue
    ? { queue: { id: before.queue }, reasons: [`queue ${before.queue}: unchanged`] }
    : queueFor(about, rules.queues, now);
  const { policy, reasons: policyReasons } = policyFor({ ...about, queue: chosen.queue.id }, rules.policies, now);
  const hours = rules.calendars.find(({ id }) => id === policy?.calendarId) ?? null;
  return {
    fields: { ...fields, queue: chosen.queue.id, sla: dueTimes(before.sla, policy, hours, now) },
    reasons: [...reasons, ...chosen.reasons, ...policyReasons],
  };
};
