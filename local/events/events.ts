import { arnOf } from '../runtime/arn.ts';
import { openDeliveries } from '../runtime/deliveries.ts';
import { answer, type Input } from '../runtime/operations.ts';
import { send, type Target } from '../runtime/send.ts';
import type { Platform, Provided, Service } from '../runtime/service.ts';
import { eventOperations, readRule } from './operations.ts';
import { type BusEvent, eventIntake } from './put-events.ts';
import { busName, isBus, openRules } from './rules.ts';

/** EventBridge: buses and rules; an accepted event is stored until every target of a matching rule took it. */
export function eventsService(platform: Platform, listen?: (event: BusEvent) => void) {
  const rules = openRules();
  const busArn = (name: string) => arnOf(platform, 'events', `event-bus/${name}`);
  const deliver = async (target: Target, payload: string, id: string) => {
    if (isBus(target.Arn)) intake.forward(busName(target.Arn), JSON.parse(payload) as BusEvent);
    else await send(platform, target, payload, id);
  };
  const deliveries = openDeliveries(platform, 'events', deliver);
  const intake = eventIntake(platform, rules, deliveries, listen);
  const operations = eventOperations(rules, intake, busArn);

  const provide: Record<string, (logicalId: string, properties: Input) => Provided> = {
    'AWS::Events::EventBus': (logicalId, { Name = logicalId }) => {
      rules.addBus(Name);
      return { ref: Name, attributes: { Arn: busArn(Name), Name } };
    },
    'AWS::Events::EventBusPolicy': (logicalId, { EventBusName, Statement }) => {
      rules.restrict(busName(EventBusName), Statement);
      return { ref: logicalId, attributes: {} };
    },
    'AWS::Events::Rule': (logicalId, properties) => {
      const rule = readRule(rules, { Name: logicalId, ...properties });
      const path = rule.bus === 'default' ? '' : `${rule.bus}/`;
      const arn = arnOf(platform, 'events', `rule/${path}${rule.name}`);
      rules.add({ ...rule, arn });
      return { ref: rule.bus === 'default' ? rule.name : `${rule.bus}|${rule.name}`, attributes: { Arn: arn } };
    },
  };

  return {
    name: 'events',
    types: Object.keys(provide),
    provide: async (logicalId: string, type: string, properties: Input) => provide[type]!(logicalId, properties),
    start: deliveries.start,
    stop: deliveries.stop,
    call: (operation: string, input: Input) => answer(operations, 'EventBridge', operation, input),
    pending: deliveries.pending,
  } satisfies Service;
}
