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

type Customer = Pick<StoredCustomer, 'id' | 'ownerId'>;

type By = Pick<Ctx, 'now' | 'actor'> & { settings: CustomerSettings; openedBy?: string };

/** whether a rule may open an issue of an attribute: not while one is open, nor soon after it was resolved */
export const mayOpen = (before: DataIssue | undefined, { rule }: Finding, now: string) =>
  !before || (before.state !== 'open' && plus(before.resolvedAt ?? before.since, rule.cooldown) <= now);

const subjectOf = ({ attribute, rule }: Finding, settings: CustomerSettings) => {
  if (rule.then.task?.subject) return rule.then.task.subject;
  if (attribute === wholeRecord) return 'Complete the record';
  return `Verify ${definitionOf(settings, attribute)?.label ?? attribute}`;
};

const taskFor = (finding: Finding, { id: customerId, ownerId }: Customer, by: By) => {
  const { then, id } = finding.rule;
  if (!then.task) return undefined;
  const assignedTo = (then.task.toOwner ? ownerId : undefined) ?? then.task.assignTo;
  return newTask(by, {
    customerId,
    subject: subjectOf(finding, by.settings),
    body: `${finding.why}\n\nset by the rule ${id}`,
    dueAt: plus(by.now, then.task.dueIn),
    ...(assignedTo ? { assignedTo } : {}),
  });
};

/** Opens an issue of an attribute, in place of the one before, with the one task that resolves it. */
export const openIssue = (before: DataIssue | undefined, finding: Finding, customer: Customer, by: By): Change[] => {
  const { id: customerId } = customer;
  const { rule, attribute, cause, why } = finding;
  const task = taskFor(finding, customer, by);
  const issue: DataIssue = {
    ...{ customerId, attribute, cause, why, rule: rule.id },
    state: 'open',
    since: by.now,
    ...(task ? { taskId: task.activity.id } : {}),
    ...(by.openedBy ? { openedBy: by.openedBy } : {}),
    version: (before?.version ?? 0) + 1,
  };
  const data = { rule: rule.id, attribute, cause, why };
  return [
    before ? update(dataIssues, before, issue) : insert(dataIssues, issue),
    ...(task?.changes ?? []),
    ...(rule.then.event ? [emit(dataIssueStale, { customerId, about: customerId, data })] : []),
  ];
};
