import * as z from 'zod';
import { activities, isOpenTask } from '../activities/activity.ts';
import { cases } from '../service/cases/case.ts';
import { isOpenCase, nextStep, ofKind, type ViewData } from './part.ts';

/** What is to be done for the customer, and by when. */
export const NextAction = z.object({
  kind: z.enum(['task', 'case', 'opportunity']),
  about: z.string(),
  title: z.string(),
  dueAt: z.string().nullable().describe('a date or an instant'),
});
type NextAction = z.output<typeof NextAction>;

const tasks = (records: ViewData['records']): NextAction[] =>
  ofKind(records, activities)
    .filter(isOpenTask)
    .map(({ id: about, subject: title, dueAt = null }) => ({ kind: 'task', about, title, dueAt }));

const answers = (records: ViewData['records']): NextAction[] =>
  ofKind(records, cases)
    .filter(isOpenCase)
    .map(({ id: about, subject: title, sla }) => {
      const response = sla.firstRespondedAt ? sla.nextResponseDueAt : sla.firstResponseDueAt;
      return { kind: 'case', about, title, dueAt: response ?? sla.resolutionDueAt };
    });

const steps = (records: ViewData['records']): NextAction[] => {
  const next = nextStep(records);
  return next ? [{ kind: 'opportunity', about: next.about, title: next.name, dueAt: next.on }] : [];
};

const last = '~';

/** of what the caller may read, the first due first */
export const nextActions = ({ records, withheld }: Pick<ViewData, 'records' | 'withheld'>): NextAction[] =>
  Object.entries({ tasks, cases: answers, opportunities: steps })
    .flatMap(([part, of]) => (withheld.includes(part) ? [] : of(records)))
    .sort((a, b) => ((a.dueAt ?? last) < (b.dueAt ?? last) ? -1 : 1));
