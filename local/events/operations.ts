import { compile, PatternError } from '../imports.ts';
import { type Input, type Operations, page, required, seconds } from '../runtime/operations.ts';
import { AwsError } from '../runtime/service.ts';
import type { EventIntake } from './put-events.ts';
import { busName, type EventRules, type Rule, type RuleTarget } from './rules.ts';

const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);
const invalid = (message: string) => new AwsError('ValidationException', message);
const tooMany = (what = '') =>
  new AwsError('LimitExceededException', `The requested resource exceeds the maximum number allowed${what}.`);

const most = { rules: 300, targets: 5, pattern: 2048 };

/** a rule's pattern as text, once it compiles; AWS's error otherwise */
const checkedPattern = (pattern: unknown): string => {
  const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  if (text.length > most.pattern) throw tooMany(`: pattern over ${most.pattern} characters`);
  try {
    compile(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof PatternError || error instanceof SyntaxError)) throw error;
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
  return text;
};

export const putRule = (rules: EventRules, input: Input, provided = false) => {
  const bus = busName(input.EventBusName);
  const { Name: name, EventPattern, ScheduleExpression, Description: description = null } = input;
  if (!rules.hasBus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
  if (ScheduleExpression) throw invalid('rules with a schedule do not run locally; use EventBridge Scheduler');
  if (!EventPattern) throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  const pattern = checkedPattern(EventPattern);
  const before = rules.find(bus, name);
  if (!before && rules.on(bus).length >= most.rules) throw tooMany();
  const enabled = input.State !== 'DISABLED';
  return rules.put({ bus, name, pattern, enabled, description, targets: before?.targets ?? [] }, provided);
};

/** Stores the targets of a rule: five at most, each with an id and an ARN. */
export const putTargets = (rules: EventRules, rule: Rule, targets: RuleTarget[]) => {
  const all = new Map([...rule.targets, ...targets].map(target => [target.Id, target]));
  if (all.size > most.targets) throw tooMany();
  const wrong = targets.find(({ Id, Arn }) => !Id || !Arn?.startsWith('arn:'));
  if (wrong) throw invalid(`Parameter ${wrong.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  rules.put({ ...rule, targets: [...all.values()] });
};

const described = ({ name, arn, pattern, enabled, description, bus }: Rule) => ({
  Name: name,
  Arn: arn,
  EventPattern: pattern,
  State: enabled ? 'ENABLED' : 'DISABLED',
  ...(description && { Description: description }),
  EventBusName: bus,
});

const eventFields = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

const testEventPattern = ({ EventPattern, Event }: Input) => {
  const matches = compile(JSON.parse(checkedPattern(EventPattern)));
  const reason = (why: string) => invalid(`Parameter Event is not valid. Reason: ${why}.`);
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(Event);
  } catch {
    throw reason('not valid JSON');
  }
  const missing = eventFields.find(field => event[field] === undefined);
  if (missing) throw reason(`${missing} is a required argument`);
  return { Result: matches(event) };
};

const busOperations = (rules: EventRules): Operations => {
  const described = (name: string) => ({ Name: name, Arn: rules.busArn(name) });
  return {
    CreateEventBus(input) {
      required(input, 'Name');
      if (rules.hasBus(input.Name))
        throw new AwsError('ResourceAlreadyExistsException', `Event bus ${input.Name} already exists.`);
      rules.putBus(input.Name, false);
      return { EventBusArn: rules.busArn(input.Name) };
    },
    DescribeEventBus({ Name }) {
      if (!rules.hasBus(busName(Name))) throw notFound(`Event bus ${busName(Name)} does not exist.`);
      return described(busName(Name));
    },
    DeleteEventBus({ Name }) {
      const name = busName(Name);
      if (name === 'default') throw invalid('Cannot delete event bus default.');
      if (rules.on(name).length) throw invalid(`Event bus ${name} can't be deleted since it has rules.`);
      rules.deleteBus(name);
      return {};
    },
    ListEventBuses({ NamePrefix = '', Limit, NextToken }) {
      const found = rules.buses().filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(found, Limit, NextToken);
      const EventBuses = items.map(({ name, created }) => ({ ...described(name), CreationTime: seconds(created) }));
      return { EventBuses, NextToken: next };
    },
  };
};

export const eventOperations = (rules: EventRules, intake: EventIntake): Operations => {
  const existing = (input: Input, field = 'Name') => {
    required(input, field);
    const bus = busName(input.EventBusName);
    const rule = rules.find(bus, input[field]);
    if (!rule) throw notFound(`Rule ${input[field]} does not exist on EventBus ${bus}.`);
    return rule;
  };
  const enable = (enabled: boolean) => (input: Input) => {
    rules.put({ ...existing(input), enabled });
    return {};
  };
  return {
    ...busOperations(rules),
    TestEventPattern: testEventPattern,
    PutEvents: input => intake.put(input),
    PutRule(input) {
      required(input, 'Name');
      return { RuleArn: putRule(rules, input) };
    },
    DescribeRule: input => described(existing(input)),
    ListRules({ EventBusName, NamePrefix = '', Limit, NextToken }) {
      const found = rules.on(busName(EventBusName)).filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(found, Limit, NextToken);
      return { Rules: items.map(described), NextToken: next };
    },
    DeleteRule(input) {
      const { bus, name, targets } = existing(input);
      if (targets.length) throw invalid("Rule can't be deleted since it has targets.");
      rules.delete(bus, name);
      return {};
    },
    EnableRule: enable(true),
    DisableRule: enable(false),
    PutTargets(input) {
      putTargets(rules, existing(input, 'Rule'), input.Targets ?? []);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input) {
      const { targets, ...rule } = existing(input, 'Rule');
      rules.put({ ...rule, targets: targets.filter(({ Id }) => !input.Ids?.includes(Id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule: input => ({ Targets: existing(input, 'Rule').targets }),
    ListRuleNamesByTarget({ TargetArn, EventBusName }) {
      const aiming = rules
        .on(busName(EventBusName))
        .filter(({ targets }) => targets.some(({ Arn }) => Arn === TargetArn));
      return { RuleNames: aiming.map(({ name }) => name) };
    },
    ListTagsForResource: () => ({ Tags: [] }),
  };
};
