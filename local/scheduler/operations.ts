import { arnOf } from '../runtime/arn.ts';
import { type Input, type Operations, required, seconds } from '../runtime/operations.ts';
import { AwsError, type Platform } from '../runtime/service.ts';
import { type Schedule, type Schedules, scheduleBody, timeOf } from './schedules.ts';

const notFound = (what: string, name: string) =>
  new AwsError('ResourceNotFoundException', `${what} ${name} does not exist.`, 404);

const checkName = (name: string) => {
  if (!/^[0-9A-Za-z-_.]{1,64}$/.test(name))
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$ and have length less than or equal to 64`,
    );
};

/** The operations of EventBridge Scheduler. `changed` runs when the next due time may be another. */
export const scheduleOperations = (platform: Platform, schedules: Schedules, changed: () => void): Operations => {
  const { clock } = platform;
  const scheduleArn = (grp: string, name: string) => arnOf(platform, 'scheduler', `schedule/${grp}/${name}`);

  const existing = ({ GroupName = 'default', Name }: Input) => {
    if (!schedules.hasGroup(GroupName)) throw notFound('Schedule group', GroupName);
    const found = schedules.find(GroupName, Name);
    if (!found) throw notFound('Schedule', Name);
    return found;
  };

  const put = (input: Input, created?: number) => {
    required(input, 'Name', 'ScheduleExpression', 'FlexibleTimeWindow', 'Target');
    const { GroupName: grp = 'default', Name: name, ClientToken: token = null } = input;
    checkName(name);
    const now = clock.now();
    const body = scheduleBody(input);
    schedules.save({ grp, name, body, token, created: created ?? now, modified: now, next: timeOf(body) });
    changed();
    return { ScheduleArn: scheduleArn(grp, name) };
  };

  const described = ({ grp, name, body, created, modified }: Schedule) => {
    const when = { CreationDate: seconds(created), LastModificationDate: seconds(modified) };
    return { Arn: scheduleArn(grp, name), GroupName: grp, Name: name, ...body, ...when };
  };

  return {
    CreateSchedule(input) {
      const { GroupName = 'default', Name, ClientToken } = input;
      if (!schedules.hasGroup(GroupName)) throw notFound('Schedule group', GroupName);
      const before = schedules.find(GroupName, Name);
      if (before && ClientToken && before.token === ClientToken) return { ScheduleArn: scheduleArn(GroupName, Name) };
      if (before) throw new AwsError('ConflictException', `Schedule ${Name} already exists.`, 409);
      return put(input);
    },
    UpdateSchedule: input => put(input, existing(input).created),
    GetSchedule: input => described(existing(input)),
    DeleteSchedule(input) {
      const { grp, name } = existing(input);
      schedules.remove(grp, name);
      changed();
      return {};
    },
    ListSchedules(input) {
      const limit = Number(input.MaxResults ?? 100);
      const found = schedules.list(input, input.NextToken ?? '', limit + 1);
      const last = found.length > limit ? found[limit - 1] : undefined;
      const items = found.slice(0, limit).map(schedule => {
        const { Arn, GroupName, Name, State, CreationDate, LastModificationDate, Target } = described(schedule);
        return { Arn, GroupName, Name, State, CreationDate, LastModificationDate, Target: { Arn: Target.Arn } };
      });
      return { Schedules: items, ...(last && { NextToken: `${last.grp}/${last.name}` }) };
    },
  };
};
