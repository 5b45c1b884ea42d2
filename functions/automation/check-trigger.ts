import { type Template, templates } from '../content/template.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import { indexKeys, mostKeyBytes } from '../shared/events/event-index.ts';
import { type FieldError, invalid } from '../shared/http/api-error.ts';
import { exactValues } from '../shared/patterns/pattern.ts';
import type { Store } from '../shared/store/store.ts';
import { heardByTriggers } from './heard-by-triggers.ts';
import type { FiledTrigger, TriggerRule } from './trigger.ts';

/** filed in one transaction, with room for the rest of it */
const mostKeys = 60;

const asksForSegment = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.some(asksForSegment);
  if ('any' in condition) return condition.any.some(asksForSegment);
  if ('not' in condition) return asksForSegment(condition.not);
  return 'segment' in condition;
};

const whenErrors = (when: TriggerRule['when']): FieldError[] => {
  const types = exactValues(when, ['detail-type']);
  if (types?.length && !types.some(type => heardByTriggers(type))) {
    const message = `triggers do not hear ${types.join(', ')}: they would answer themselves`;
    return [{ path: 'when.detail-type', message }];
  }
  const keys = indexKeys(when);
  const { length } = keys;
  if (keys.some(key => Buffer.byteLength(key) > mostKeyBytes))
    return [{ path: 'when', message: `names an event in more than ${mostKeyBytes} bytes` }];
  return length > mostKeys ? [{ path: 'when', message: `names ${length} kinds of events, more than ${mostKeys}` }] : [];
};

const ifErrors = (condition: TriggerRule['if']): FieldError[] =>
  condition && asksForSegment(condition) ? [{ path: 'if', message: 'segments cannot be asked for yet' }] : [];

const thenErrors = (then: TriggerRule['then'], found: Map<string, Template>): FieldError[] =>
  then.flatMap(({ send }, nth) =>
    send && !found.has(send.templateId)
      ? [{ path: `then.${nth}.send.templateId`, message: `there is no template ${send.templateId}` }]
      : [],
  );

/** what a rule refers to, or a refusal that names everything wrong with it: the channel of each of its messages */
export const checkTrigger = async ({ when, then, ...rule }: TriggerRule, store: Store) => {
  const ids = then.flatMap(({ send }) => (send ? [{ id: send.templateId as string }] : []));
  const found = new Map((await store.getAll(templates, ids)).map(template => [template.id as string, template]));
  const errors = [...whenErrors(when), ...ifErrors(rule.if), ...thenErrors(then, found)];
  if (errors.length) throw invalid(errors);
  const channels: FiledTrigger['channels'] = {};
  for (const [nth, { send }] of then.entries()) if (send) channels[nth] = found.get(send.templateId)!.channel;
  return channels;
};
