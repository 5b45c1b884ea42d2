import type * as z from 'zod';
import { caseOpened } from '../../../events/case.ts';
import { newId } from '../../../events/ids.ts';
import { type Change, created, eventOf, insert } from '../../shared/store/changes.ts';
import { noSla } from '../routing/sla.ts';
import { type Case, type CaseFields, cases } from './case.ts';
import { newMessage } from './case-changes.ts';

/** eight characters of the random part of the id: a counter would be written by every new case */
const numberOf = (id: string) => {
  const tail = id.slice(-8).toUpperCase();
  return `C-${tail.slice(0, 4)}-${tail.slice(4)}`;
};

/** the event that starts its routing; emitted once the customer is identified */
export const openedEvent = (opened: Case): Change => eventOf(caseOpened, opened);

type NewCase = { fields: z.output<typeof CaseFields>; customerId: Case['customerId']; actor: string };

export const newCase = (now: string, { fields, customerId, actor }: NewCase): { after: Case; changes: Change[] } => {
  const id = newId('case', now);
  const after: Case = created(now, {
    from: null,
    description: '',
    language: null,
    productId: null,
    category: null,
    priority: null,
    ...fields,
    id,
    number: numberOf(id),
    status: 'new' as const,
    customerId,
    queue: null,
    agentId: null,
    sla: noSla,
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
  const body = after.description;
  const first = body ? [newMessage(now, after, { kind: 'inbound', body, actor }).change] : [];
  return { after, changes: [insert(cases, after), ...first] };
};
