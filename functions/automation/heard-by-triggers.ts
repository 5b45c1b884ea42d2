/** what people do with messages may set off a trigger; what Rapport does with them may not, or triggers would answer themselves */
const answers = new Set([
  'message.opened',
  'message.clicked',
  'message.bounced',
  'message.complained',
  'message.unsubscribed',
]);

const deafTo = ['message.', 'trigger.', 'template.', 'tag.'];

/** whether triggers hear events of a type; those said by timers only tell Rapport that a time has come */
export const heardByTriggers = (type: string, source = ''): boolean =>
  source !== 'rapport.timers' && (answers.has(type) || !deafTo.some(prefix => type.startsWith(prefix)));
