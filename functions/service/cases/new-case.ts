import type * as z from 'zod';
import { caseOpened } from '../../../events/case.ts';
import { newId } from '../../../events/ids.ts';
import { type Change, created, emit, insert } from '../../shared/store/changes.ts';
import { noPromise } from '../routing/sla.ts';
import { type Case, type CaseFields, caseMessages, cases } from './case.ts';

/** Eight characters of the id's random part: no counter that every new case would have to pass through. */
const numberOf = (id: string) => {
  const tail = id.slice(-8).toUpperCase();
  return `C-${tail.slice(0, 4)}-${tail.slice(4)}`;
};

/** the event that starts its routing; said once the customer is known */
export const opened = ({ id, customerId, number, type, subject, channel }: Case): Change =>
  emit(caseOpened, { customerId, about: id, data: { number, type, subject, channel } });

const firstMessage = (now: string, actor: string, { id, description }: Case): Change[] =>
  description
    ? [
        insert(caseMessages, {
          id: newId('caseMessage', now),
          caseId: id,
          kind: 'inbound',
          body: description,
          actor,
          at: now,
        }),
      ]
    : [];

type Told = { fields: z.output<typeof CaseFields>; customerId: Case['customerId']; actor: string };

/** a new case and its first message */
export const newCase = (now: string, { fields, customerId, actor }: Told): { opened: Case; changes: Change[] } => {
  const id = newId('case', now);
  const { from, description = '', language, productId, category, priority, ...given } = fields;
  const opened: Case = created(now, {
    ...given,
    id,
    number: numberOf(id),
    status: 'new' as const,
    customerId,
    from: from ?? null,
    description,
    language: language ?? null,
    productId: productId ?? null,
    category: category ?? null,
    priority: priority ?? null,
    queue: null,
    agentId: null,
    sla: noPromise,
    acknowledgedAt: null,
    acknowledgement: null,
    resolvedAt: null,
    resolution: null,
    closedAt: null,
    mergedInto: null,
    satisfaction: null,
    knownBy: null,
    queuedAt: null,
    classifiedFor: null,
    watchedSince: now,
  });
  return { opened, changes: [insert(cases, opened), ...firstMessage(now, actor, opened)] };
};
