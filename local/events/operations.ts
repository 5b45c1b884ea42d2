import { compile, PatternError } from '../imports.ts';
import { type Input, type Operations, page, required } from '../runtime/operations.ts';
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

/** The rule of a template resource, after AWS's checks of it. */
export const readRule = (rules: EventRules, input: Input): Omit<Rule, 'arn' | 'matches'> => {
  const { Name: name, EventPattern, ScheduleExpression, Description: description, Targets: targets = [] } = input;
  const bus = busName(input.EventBusName);
  if (!rules.hasBus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
  if (ScheduleExpression) throw invalid('rules with a schedule do not run locally; use EventBridge Scheduler');
  if (!EventPattern) throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  const pattern = checkedPattern(EventPattern);
  if (rules.on(bus).length >= most.rules || targets.length > most.targets) throw tooMany();
  const wrong = (targets as RuleTarget[]).find(({ Id, Arn }) => !Id || !Arn?.startsWith('arn:'));
  if (wrong) throw invalid(`Parameter ${wrong.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  return { bus, name, pattern, enabled: input.State !== 'DISABLED', description, targets };
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

/** The operations of EventBridge that run here; buses and rules come from the template only. */
export const eventOperations = (
  rules: EventRules,
  intake: EventIntake,
  busArn: (name: string) => string,
): Operations => {
  const existing = (input: Input, field = 'Name') => {
    required(input, field);
    const bus = busName(input.EventBusName);
    const rule = rules.find(bus, input[field]);
    if (!rule) throw notFound(`Rule ${input[field]} does not exist on EventBus ${bus}.`);
    return rule;
  };
  const bus = (name: string) => ({ Name: name, Arn: busArn(name) });
  return {
    PutEvents: input => intake.put(input),
    TestEventPattern: testEventPattern,
    DescribeRule: input => described(existing(input)),
    ListTargetsByRule: input => ({ Targets: existing(input, 'Rule').targets }),
    ListRules({ EventBusName, NamePrefix = '', Limit, NextToken }) {
      const found = rules.on(busName(EventBusName)).filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(found, Limit, NextToken);
      return { Rules: items.map(described), NextToken: next };
    },
    DescribeEventBus({ Name }) {
      if (!rules.hasBus(busName(Name))) throw notFound(`Event bus ${busName(Name)} does not exist.`);
      return bus(busName(Name));
    },
    ListEventBuses({ NamePrefix = '', Limit, NextToken }) {
      const found = rules.buses().filter(name => name.startsWith(NamePrefix));
      const { items, next } = page(found, Limit, NextToken);
      return { EventBuses: items.map(bus), NextToken: next };
    },
  };
};
