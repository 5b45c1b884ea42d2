import { AwsError, type Platform } from '../service.ts';
import { arnOf } from './arn.ts';
import type { EventArchives } from './event-archives.ts';
import { busOperations, checkedPattern } from './event-bus-operations.ts';
import { busName, type EventRules, type Rule, type RuleTarget } from './event-rules.ts';
import { type Input, type Operations, page, required, seconds } from './operations.ts';
import type { EventIntake } from './put-events.ts';
import { parseSchedule } from './schedule-expression.ts';

const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);

/** Keeps a rule after AWS's checks of it; returns its ARN. */
export const putRule = (rules: EventRules, input: Input, provided: boolean) => {
  const bus = busName(input.EventBusName);
  const { Name: name, EventPattern, ScheduleExpression: schedule } = input;
  if (!rules.hasBus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
  if (!EventPattern && !schedule)
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (schedule) checkedSchedule(schedule, bus);
  const pattern = EventPattern ? checkedPattern(EventPattern) : null;
  if (!rules.find(bus, name) && rules.all().filter(rule => rule.bus === bus).length >= 300)
    throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  const enabled = input.State !== 'DISABLED';
  const description = input.Description ?? null;
  return rules.put({ bus, name, pattern, schedule: schedule ?? null, enabled, description, provided });
};

const checkedSchedule = (expression: string, bus: string) => {
  if (bus !== 'default')
    throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
  try {
    if ('at' in parseSchedule(expression)) throw new Error('at');
  } catch {
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
};

/** Keeps the targets of a rule: five at most, each with an id and an ARN. */
export const putTargets = (rules: EventRules, bus: string, name: string, targets: RuleTarget[]) => {
  const ids = new Set([...rules.targets(bus, name), ...targets].map(target => target.Id));
  if (ids.size > 5)
    throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  for (const target of targets) {
    if (!target.Id || !target.Arn?.startsWith('arn:'))
      throw new AwsError(
        'ValidationException',
        `Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`,
      );
    rules.putTarget(bus, name, target);
  }
};

const described = ({ name, arn, pattern, schedule, enabled, description, bus }: Rule) => ({
  Name: name,
  Arn: arn,
  ...(pattern && { EventPattern: pattern }),
  ...(schedule && { ScheduleExpression: schedule }),
  State: enabled ? 'ENABLED' : 'DISABLED',
  ...(description && { Description: description }),
  EventBusName: bus,
});

/** The operations of EventBridge that the runtime answers. `changed` is told when a schedule may have. */
export const eventOperations = (
  platform: Platform,
  parts: { rules: EventRules; archives: EventArchives; intake: EventIntake; changed: () => void },
): Operations => {
  const { rules, archives, intake, changed } = parts;
  const existing = (input: Input, field = 'Name') => {
    required(input, field);
    const bus = busName(input.EventBusName);
    const rule = rules.find(bus, input[field]);
    if (!rule) throw notFound(`Rule ${input[field]} does not exist on EventBus ${bus}.`);
    return rule;
  };
  const enable = (enabled: boolean) => (input: Input) => {
    const { bus, name } = existing(input);
    rules.enable(bus, name, enabled);
    changed();
    return {};
  };

  return {
    ...busOperations(rules),
    PutEvents: input => intake.put(input),
    PutRule(input) {
      required(input, 'Name');
      const RuleArn = putRule(rules, input, false);
      changed();
      return { RuleArn };
    },
    DescribeRule: input => described(existing(input)),
    ListRules({ EventBusName, NamePrefix = '', Limit, NextToken }) {
      const bus = busName(EventBusName);
      const found = rules.all().filter(rule => rule.bus === bus && rule.name.startsWith(NamePrefix));
      const { items, next } = page(found, Limit, NextToken);
      return { Rules: items.map(described), NextToken: next };
    },
    DeleteRule(input) {
      const { bus, name } = existing(input);
      if (rules.targets(bus, name).length)
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      rules.delete(bus, name);
      return {};
    },
    EnableRule: enable(true),
    DisableRule: enable(false),
    PutTargets(input) {
      const { bus, name } = existing(input, 'Rule');
      putTargets(rules, bus, name, input.Targets ?? []);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input) {
      const { bus, name } = existing(input, 'Rule');
      for (const id of input.Ids ?? []) rules.removeTarget(bus, name, id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule(input) {
      const { bus, name } = existing(input, 'Rule');
      return { Targets: rules.targets(bus, name) };
    },
    ListRuleNamesByTarget({ TargetArn, EventBusName }) {
      const here = rules.all().filter(rule => rule.bus === busName(EventBusName));
      const aiming = here.filter(({ bus, name }) => rules.targets(bus, name).some(({ Arn }) => Arn === TargetArn));
      return { RuleNames: aiming.map(({ name }) => name) };
    },
    ListArchives: ({ NamePrefix = '' }) => ({
      Archives: archives.list().flatMap(({ name, bus, retentionDays, created, events, bytes }) => {
        const counts = {
          RetentionDays: retentionDays,
          EventCount: events,
          SizeBytes: bytes,
          CreationTime: seconds(created),
        };
        const archive = { ArchiveName: name, EventSourceArn: rules.busArn(bus), State: 'ENABLED', ...counts };
        return name.startsWith(NamePrefix) ? [archive] : [];
      }),
    }),
    ListTagsForResource: () => ({ Tags: [] }),
    DescribeArchive({ ArchiveName }) {
      const found = archives.list().find(({ name }) => name === ArchiveName);
      if (!found) throw notFound(`Archive ${ArchiveName} does not exist.`);
      const { retentionDays: RetentionDays, events: EventCount } = found;
      return {
        ArchiveArn: arnOf(platform, 'events', `archive/${ArchiveName}`),
        ArchiveName,
        RetentionDays,
        EventCount,
      };
    },
  };
};
