import { type Input, instant } from '../runtime/operations.ts';
import { AwsError } from '../runtime/service.ts';
import { parseSchedule } from './schedule-expression.ts';
import type { ScheduleBody } from './schedules.ts';
import { isZone } from './wall-time.ts';

const invalid = (message: string) => new AwsError('ValidationException', message);

const date = (value: unknown, field: string) => {
  if (value === undefined) return {};
  const time = instant(value);
  if (Number.isNaN(time)) throw invalid(`The ${field} you specify is not a date.`);
  return { [field]: time };
};

const checkExpression = (expression: string, zone: string) => {
  if (!isZone(zone)) throw invalid(`Invalid Schedule Expression Timezone ${zone}.`);
  try {
    return parseSchedule(expression, zone);
  } catch {
    throw invalid(`Invalid Schedule Expression ${expression}.`);
  }
};

const checkTarget = ({ Arn, RoleArn, Input: text, EventBridgeParameters }: Input) => {
  if (!Arn?.startsWith('arn:')) throw invalid(`Provided Arn is not in correct format: ${Arn}`);
  if (!RoleArn) throw invalid("Value null at 'target.roleArn' failed to satisfy constraint: Member must not be null");
  if (Arn.includes(':event-bus/') && !(EventBridgeParameters?.DetailType && EventBridgeParameters?.Source))
    throw invalid('EventBridgeParameters is required for EventBridge PutEvents targets.');
  if (Arn.includes(':event-bus/') && !isJson(text))
    throw invalid('Invalid Input for target: Detail must be valid JSON.');
  if (Arn.includes(':lambda:') && text !== undefined && !isJson(text))
    throw invalid('Invalid Input for target: not valid JSON.');
};

const isJson = (text: unknown) => {
  try {
    return typeof text === 'string' && JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
};

/** A request's schedule after AWS's checks; refuses what AWS refuses. */
export const scheduleBody = (input: Input, now: number): ScheduleBody => {
  const {
    ScheduleExpression,
    ScheduleExpressionTimezone = 'UTC',
    FlexibleTimeWindow,
    Target,
    State = 'ENABLED',
  } = input;
  const { ActionAfterCompletion = 'NONE', StartDate, EndDate, Description, KmsKeyArn } = input;
  const schedule = checkExpression(ScheduleExpression, ScheduleExpressionTimezone);
  checkTarget(Target);
  const { Mode, MaximumWindowInMinutes } = FlexibleTimeWindow;
  if (!['OFF', 'FLEXIBLE'].includes(Mode) || (Mode === 'FLEXIBLE') !== (MaximumWindowInMinutes !== undefined))
    throw invalid('FlexibleTimeWindow must be OFF, or FLEXIBLE with MaximumWindowInMinutes.');
  // a one-time schedule ignores both dates
  const dates = 'at' in schedule ? {} : { ...date(StartDate, 'StartDate'), ...date(EndDate, 'EndDate') };
  if (dates.EndDate !== undefined && dates.EndDate < now)
    throw invalid('The EndDate you specify cannot be in the past.');
  if (dates.EndDate !== undefined && dates.StartDate !== undefined && dates.EndDate <= dates.StartDate)
    throw invalid('The StartDate you specify must come before the EndDate.');
  const times = { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, ...dates };
  const said = { ...(Description !== undefined && { Description }), ...(KmsKeyArn && { KmsKeyArn }) };
  return { ...times, Target: Target as ScheduleBody['Target'], State, ActionAfterCompletion, ...said };
};
