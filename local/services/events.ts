import type { Platform, Provided, Service } from '../service.ts';
import { atomically } from './atomically.ts';
import { openDeliveries } from './deliveries.ts';
import { openArchives } from './event-archives.ts';
import { eventOperations, putRule, putTargets } from './event-operations.ts';
import { busName, type EventRules, isBus, openRules } from './event-rules.ts';
import { eventSchedules } from './event-schedules.ts';
import { answer, type Input } from './operations.ts';
import { type BusEvent, eventIntake } from './put-events.ts';
import { send, type Target } from './send.ts';

const provideRule = (rules: EventRules, logicalId: string, properties: Input): Provided => {
  const input: Input = { Name: logicalId, ...properties };
  const bus = busName(input.EventBusName);
  const arn = putRule(rules, input, true);
  putTargets(rules, bus, input.Name, input.Targets ?? []);
  return { ref: bus === 'default' ? input.Name : `${bus}|${input.Name}`, attributes: { Arn: arn } };
};

/** EventBridge: buses, rules, archives; an accepted event is kept until every target of a matching rule took it. */
export function eventsService(platform: Platform, hear?: (event: BusEvent) => void): Service {
  const rules = openRules(platform);
  rules.putBus('default', true);
  const archives = openArchives(platform);

  const deliver = async (target: Target, payload: string, id: string) => {
    if (isBus(target.Arn)) intake.forward(busName(target.Arn), JSON.parse(payload) as BusEvent);
    else await send(platform, target, payload, id);
  };
  const deliveries = openDeliveries(platform, 'events', deliver);
  const intake = eventIntake(platform, rules, { archives, deliveries, hear });
  const schedules = eventSchedules(platform, rules, intake, deliveries);
  const operations = eventOperations(platform, { rules, archives, intake, changed: schedules.run });

  const provide: Record<string, (logicalId: string, properties: Input) => Provided> = {
    'AWS::Events::EventBus': (logicalId, { Name = logicalId }) => {
      rules.putBus(Name, true);
      return { ref: Name, attributes: { Arn: rules.busArn(Name), Name } };
    },
    'AWS::Events::EventBusPolicy': logicalId => ({ ref: logicalId, attributes: {} }),
    'AWS::Events::Rule': (logicalId, properties) =>
      atomically(platform.db, () => provideRule(rules, logicalId, properties)),
    'AWS::Events::Archive': (logicalId, { ArchiveName = logicalId, SourceArn, EventPattern, RetentionDays }) => {
      archives.put(ArchiveName, SourceArn, EventPattern, RetentionDays);
      return { ref: ArchiveName, attributes: { Arn: archives.arn(ArchiveName), ArchiveName } };
    },
  };

  return {
    name: 'events',
    types: Object.keys(provide),
    provide: async (logicalId, type, properties) => provide[type]!(logicalId, properties),
    async start() {
      archives.forgetOthers();
      deliveries.start();
      schedules.start();
    },
    async stop() {
      schedules.stop();
      deliveries.stop();
    },
    call: (operation, input) => answer(operations, 'EventBridge', operation, input),
    pending: deliveries.pending,
  };
}
