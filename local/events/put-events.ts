import { randomUUID } from 'node:crypto';
import { atomically } from '../runtime/atomically.ts';
import type { Deliveries } from '../runtime/deliveries.ts';
import { instant } from '../runtime/operations.ts';
import { AwsError, caller, type Platform } from '../runtime/service.ts';
import { busName, type EventRules, isBus, type Rule, type RuleTarget } from './rules.ts';
import { targetInput } from './target-input.ts';

/** Marks events of a service of the runtime itself, whose source may be `aws.…`; no request from outside can carry it. */
export const ours = Symbol('ours');

export type BusEvent = Record<string, unknown> & { id: string; time: string };
type Entry = {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  Time?: unknown;
  Resources?: string[];
};
type Result = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

const MAX_BYTES = 1_048_576;

const bytes = (text?: string) => Buffer.byteLength(text ?? '');

const entrySize = ({ Time, Source, DetailType, Detail, Resources = [] }: Entry) =>
  (Time === undefined ? 0 : 14) +
  [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + bytes(text), 0);

const isObject = (text: string) => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const errorOf = (entry: Entry, own: boolean): Result | undefined => {
  for (const field of ['Source', 'DetailType', 'Detail'] as const) {
    const ErrorMessage = `Parameter ${field} is not valid. Reason: ${field} is a required argument.`;
    if (!entry[field]) return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  if (!own && entry.Source!.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  if (!isObject(entry.Detail!)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (entry.Time !== undefined && Number.isNaN(instant(entry.Time)))
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Time is not valid.' };
};

const wholeSeconds = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Accepts events: all matches of one call are stored in one transaction before it is answered, and delivered from there. */
export const eventIntake = (
  platform: Platform,
  rules: EventRules,
  deliveries: Deliveries,
  listen?: (event: BusEvent) => void,
) => {
  const { clock, account, region } = platform;

  const toEvent = (entry: Entry): BusEvent => ({
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType,
    source: entry.Source,
    account,
    time: wholeSeconds(entry.Time === undefined ? clock.now() : instant(entry.Time)),
    region,
    resources: entry.Resources ?? [],
    detail: JSON.parse(entry.Detail!),
  });

  const toTarget = (rule: Rule, target: RuleTarget, event: BusEvent) => {
    const context = { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: new Date(clock.now()).toISOString() };
    deliveries.add({
      origin: rule.arn,
      target,
      payload: targetInput(target, event, context),
      deadLetterArn: target.DeadLetterConfig?.Arn ?? null,
      maxRetries: Number(target.RetryPolicy?.MaximumRetryAttempts ?? 185),
      maxAgeSeconds: Number(target.RetryPolicy?.MaximumEventAgeInSeconds ?? 86_400),
    });
  };

  const publish = (bus: string, event: BusEvent, forwarded: boolean) => {
    // AWS accepts events for a bus that does not exist and drops them
    if (!rules.hasBus(bus))
      platform.warn(`event ${String(event['detail-type'])} was put on bus ${bus}, which does not exist`);
    listen?.(event);
    for (const rule of rules.on(bus)) {
      if (!rule.enabled || !rule.matches(event)) continue;
      for (const target of rule.targets) {
        // AWS passes an event from bus to bus once, no further
        if (!(forwarded && isBus(target.Arn))) toTarget(rule, target, event);
      }
    }
  };

  const take = (entry: Entry, own: boolean): Result => {
    const error = errorOf(entry, own);
    if (error) return error;
    const event = toEvent(entry);
    publish(busName(entry.EventBusName), event, false);
    return { EventId: event.id };
  };

  return {
    put({ Entries, [ours]: own = false, [caller]: role }: { Entries?: Entry[]; [ours]?: boolean; [caller]?: string }) {
      if (!Array.isArray(Entries) || Entries.length < 1 || Entries.length > 10) {
        const bound = Entries?.length ? 'less than or equal to 10' : 'greater than or equal to 1';
        const reason = `Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`;
        throw new AwsError('ValidationException', `1 validation error detected: ${reason}`);
      }
      if (Entries.reduce((sum, entry) => sum + entrySize(entry), 0) > MAX_BYTES)
        throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
      const denied = Entries.find(entry => role !== undefined && rules.isDenied(busName(entry.EventBusName), role));
      if (denied) {
        const bus = `arn:aws:events:${region}:${account}:event-bus/${busName(denied.EventBusName)}`;
        const why = 'with an explicit deny in a resource-based policy';
        const text = `User: ${role || 'anonymous'} is not authorized to perform: events:PutEvents on resource: ${bus} ${why}`;
        throw new AwsError('AccessDeniedException', text);
      }
      const results = atomically(platform.db, () => Entries.map(entry => take(entry, own)));
      deliveries.kick();
      return { FailedEntryCount: results.filter(result => 'ErrorCode' in result).length, Entries: results };
    },
    forward(bus: string, event: BusEvent) {
      atomically(platform.db, () => publish(bus, event, true));
      deliveries.kick();
    },
  };
};
export type EventIntake = ReturnType<typeof eventIntake>;
