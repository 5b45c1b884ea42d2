import { compile, PatternError } from '../../functions/shared/patterns/pattern.ts';
import { AwsError } from '../service.ts';
import { busName, type EventRules } from './event-rules.ts';
import { type Input, type Operations, page, required, seconds } from './operations.ts';

const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);

/** a rule's pattern as text, once it compiles; AWS's refusal otherwise */
export const checkedPattern = (pattern: unknown): string => {
  const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  if (text.length > 2048)
    throw new AwsError(
      'LimitExceededException',
      'The requested resource exceeds the maximum number allowed: pattern over 2048 characters.',
    );
  try {
    compile(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof PatternError || error instanceof SyntaxError)) throw error;
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
  return text;
};

const testEventPattern = ({ EventPattern, Event }: Input) => {
  const text = checkedPattern(EventPattern);
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(Event);
  } catch {
    throw new AwsError('ValidationException', 'Parameter Event is not valid. Reason: not valid JSON.');
  }
  for (const field of ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type']) {
    if (event[field] === undefined)
      throw new AwsError(
        'ValidationException',
        `Parameter Event is not valid. Reason: ${field} is a required argument.`,
      );
  }
  return { Result: compile(JSON.parse(text))(event) };
};

/** The operations on buses, and the trying of patterns. */
export const busOperations = (rules: EventRules): Operations => {
  const bus = (name: string) => ({ Name: name, Arn: rules.busArn(name) });
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
      return bus(busName(Name));
    },
    DeleteEventBus({ Name }) {
      const name = busName(Name);
      if (name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
      if (rules.all().some(rule => rule.bus === name))
        throw new AwsError('ValidationException', `Event bus ${name} can't be deleted since it has rules.`);
      rules.deleteBus(name);
      return {};
    },
    ListEventBuses({ NamePrefix = '', Limit, NextToken }) {
      const found = rules.buses().filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(found, Limit, NextToken);
      const EventBuses = items.map(({ name, created }) => ({ ...bus(name), CreationTime: seconds(created) }));
      return { EventBuses, NextToken: next };
    },
    TestEventPattern: testEventPattern,
  };
};
