import { dataIssueStale } from '../../../events/hygiene.ts';
import { newTask } from '../../activities/new-activity.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, emit, insert, update } from '../../shared/store/changes.ts';
import { plus } from '../../shared/time/duration.ts';
import { type Doubt, doubts, wholeRecord } from './doubt.ts';
import type { Finding } from './findings.ts';

type Opened = { doubt: Doubt; changes: Change[] };

type Doubted = Pick<StoredCustomer, 'id' | 'ownerId'>;

type By = Pick<Ctx, 'now' | 'actor'> & { settings: CustomerSettings; openedBy?: string };

const subjectOf = ({ attribute, rule }: Finding, settings: CustomerSettings) => {
  if (rule.then.task?.subject) return rule.then.task.subject;
  if (attribute === wholeRecord) return 'Complete the record';
  return `Verify ${definitionOf(settings, attribute)?.label ?? attribute}`;
};

/** whether a rule asks about an attribute now: not while it is being asked about, nor soon after */
export const mayAsk = (known: Doubt | undefined, { rule }: Finding, now: string) => {
  if (!known) return true;
  if (known.state === 'open') return false;
  return plus(known.settledAt ?? known.since, rule.cooldown) <= now;
};

const asked = (finding: Finding, { id: customerId, ownerId }: Doubted, by: By) => {
  const { then, id } = finding.rule;
  if (!then.task) return undefined;
  const assignedTo = (then.task.toOwner ? ownerId : undefined) ?? then.task.assignTo;
  return newTask(by, {
    customerId,
    subject: subjectOf(finding, by.settings),
    body: `${finding.why}\n\nasked by the rule ${id}`,
    dueAt: plus(by.now, then.task.dueIn),
    ...(assignedTo ? { assignedTo } : {}),
  });
};

/** A doubt about an attribute in place of the one that was settled, with the one task that settles it. */
export const doubting = (known: Doubt | undefined, finding: Finding, customer: Doubted, by: By): Opened => {
  const { id: customerId } = customer;
  const { rule, attribute, cause, why } = finding;
  const task = asked(finding, customer, by);
  const doubt: Doubt = {
    customerId,
    attribute,
    cause,
    why,
    rule: rule.id,
    state: 'open',
    since: by.now,
    ...(task ? { taskId: task.activity.id } : {}),
    ...(by.openedBy ? { openedBy: by.openedBy } : {}),
    version: (known?.version ?? 0) + 1,
  };
  const told = emit(dataIssueStale, { customerId, about: customerId, data: { rule: rule.id, attribute, cause, why } });
  return {
    doubt,
    changes: [
      known ? update(doubts, known, doubt) : insert(doubts, doubt),
      ...(task?.changes ?? []),
      ...(rule.then.event ? [told] : []),
    ],
  };
};
