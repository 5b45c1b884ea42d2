import { type Template, templates } from '../content/template.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import { indexKeys, mostKeyBytes } from '../shared/events/event-index.ts';
import { type FieldError, invalid } from '../shared/http/api-error.ts';
import { exactValues } from '../shared/patterns/pattern.ts';
import type { Store } from '../shared/store/store.ts';
import { type IndexedTrigger, isSubscribable, type TriggerRule } from './trigger.ts';

const mostKeys = 60;

const usesSegment = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.some(usesSegment);
  if ('any' in condition) return condition.any.some(usesSegment);
  if ('not' in condition) return usesSegment(condition.not);
  return 'segment' in condition;
};

const whenErrors = (when: TriggerRule['when']): FieldError[] => {
  const types = exactValues(when, ['detail-type']);
  if (types?.length && !types.some(isSubscribable)) {
    const message = `triggers cannot subscribe to ${types.join(', ')}: it could cause a loop`;
    return [{ path: 'when.detail-type', message }];
  }
  const keys = indexKeys(when);
  const { length } = keys;
  if (keys.some(key => Buffer.byteLength(key) > mostKeyBytes))
    return [{ path: 'when', message: `names an event type of more than ${mostKeyBytes} bytes` }];
  return length > mostKeys
    ? [{ path: 'when', message: `names ${length} kinds of events; the limit is ${mostKeys}` }]
    : [];
};

const ifErrors = (condition: TriggerRule['if']): FieldError[] =>
  condition && usesSegment(condition) ? [{ path: 'if', message: 'conditions cannot use segments yet' }] : [];

const thenErrors = (then: TriggerRule['then'], found: Map<string, Template>): FieldError[] =>
  then.flatMap(({ send }, nth) =>
    send && !found.has(send.templateId)
      ? [{ path: `then.${nth}.send.templateId`, message: `there is no template ${send.templateId}` }]
      : [],
  );

/** The channel of each message of a rule. Refuses a rule with everything that is wrong with it. */
export const checkTrigger = async ({ when, then, ...rule }: TriggerRule, store: Store) => {
  const ids = then.flatMap(({ send }) => (send ? [{ id: send.templateId as string }] : []));
  const found = new Map((await store.getAll(templates, ids)).map(template => [template.id as string, template]));
  const errors = [...whenErrors(when), ...ifErrors(rule.if), ...thenErrors(then, found)];
  if (errors.length) throw invalid(errors);
  const channels: IndexedTrigger['channels'] = {};
  for (const [nth, { send }] of then.entries()) if (send) channels[nth] = found.get(send.templateId)!.channel;
  return channels;
};
