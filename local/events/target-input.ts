import { valueAt } from '../runtime/value-at.ts';

/** What a rule's target gets of an event: all of it, a part, a constant, or a template filled in. */
export type TargetInput = {
  Input?: string;
  InputPath?: string;
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
};
export type RuleContext = { ruleArn: string; ruleName: string; ingestionTime: string };

/** whether the text ends inside a JSON string: an odd number of quotes that no backslash escapes */
const insideString = (text: string) => (text.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;

const written = (value: unknown, quoted: boolean) => {
  if (!quoted) return JSON.stringify(value ?? null);
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
};

const fill = (template: string, variable: (name: string) => unknown) => {
  let result = '';
  let end = 0;
  for (const match of template.matchAll(/<([\w.-]+)>/g)) {
    const before = template.slice(end, match.index);
    // the template's own text decides, not what was filled in: filled-in quotes are balanced or escaped
    result += before + written(variable(match[1]!), insideString(template.slice(0, match.index)));
    end = match.index + match[0].length;
  }
  return result + template.slice(end);
};

export const targetInput = (how: TargetInput, event: Record<string, unknown>, context: RuleContext): string => {
  if (how.Input !== undefined) return how.Input;
  if (how.InputPath) return JSON.stringify(valueAt(how.InputPath, event) ?? null);
  if (!how.InputTransformer) return JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate } = how.InputTransformer;
  const reserved: Record<string, unknown> = {
    'aws.events.rule-arn': context.ruleArn,
    'aws.events.rule-name': context.ruleName,
    'aws.events.event.ingestion-time': context.ingestionTime,
    'aws.events.event': Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'detail')),
    'aws.events.event.json': event,
  };
  return fill(InputTemplate, name => {
    if (Object.hasOwn(reserved, name)) return reserved[name];
    return InputPathsMap[name] === undefined ? undefined : valueAt(InputPathsMap[name], event);
  });
};
