import { dataIssueStale } from '../../../events/hygiene.ts';
import { newTask } from '../../activities/activity.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, emit, insert, update } from '../../shared/store/changes.ts';
import { plus } from '../../shared/time/duration.ts';
import { type DataIssue, dataIssues, wholeRecord } from './data-issue.ts';
import type { Finding } from './findings.ts';
import type { Rule } from './rules.ts';

type Customer = Pick<StoredCustomer, 'id' | 'ownerId'>;

type By = Pick<Ctx, 'now' | 'actor'> & { settings: CustomerSettings; openedBy?: string };

/** whether a rule may open an issue of an attribute: not while one is open, nor soon after it was resolved */
export const mayOpen = (before: DataIssue | undefined, { rule }: Finding, now: string) =>
  !before || (before.state !== 'open' && plus(before.resolvedAt ?? before.since, rule.cooldown) <= now);

/** without a rule an issue has no task */
type Found = Omit<Finding, 'rule'> & { rule: Rule | undefined };

const subjectOf = (attribute: string, settings: CustomerSettings) => {
  if (attribute === wholeRecord) return 'Complete the record';
  return `Verify ${definitionOf(settings, attribute)?.label ?? attribute}`;
};

const taskFor = ({ rule, attribute, why }: Found, { id: customerId, ownerId }: Customer, by: By) => {
  const task = rule?.then.task;
  if (!task) return undefined;
  const assignedTo = (task.toOwner ? ownerId : undefined) ?? task.assignTo;
  return newTask(by, {
    customerId,
    subject: task.subject ?? subjectOf(attribute, by.settings),
    body: `${why}\n\nset by the rule ${rule.id}`,
    dueAt: plus(by.now, task.dueIn),
    ...(assignedTo ? { assignedTo } : {}),
  });
};

/** Opens an issue of an attribute, in place of the one before, with the one task that resolves it. */
export const openIssue = (before: DataIssue | undefined, found: Found, customer: Customer, by: By): Change[] => {
  const { id: customerId } = customer;
  const { rule, attribute, cause, why } = found;
  const data = { attribute, cause, why };
  const task = taskFor(found, customer, by);
  const issue: DataIssue = {
    customerId,
    ...data,
    ...(rule ? { rule: rule.id } : {}),
    state: 'open',
    since: by.now,
    ...(task ? { taskId: task.activity.id } : {}),
    ...(by.openedBy ? { openedBy: by.openedBy } : {}),
    version: (before?.version ?? 0) + 1,
  };
  return [
    before ? update(dataIssues, before, issue) : insert(dataIssues, issue),
    ...(task?.changes ?? []),
    ...(rule?.then.event
      ? [emit(dataIssueStale, { customerId, about: customerId, data: { rule: rule.id, ...data } })]
      : []),
  ];
};
