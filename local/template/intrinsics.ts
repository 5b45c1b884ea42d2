import type { Provided } from '../runtime/service.ts';
import type { Properties } from './properties.ts';
import type { Template } from './template.ts';

export type Scope = {
  template: Template;
  provided: Map<string, Provided>;
  account: string;
  region: string;
  /** texts of the deployed world and what they are on this machine, as the address of the HTTP API */
  rewrites: Map<string, string>;
  warn(line: string): void;
};

export const noValue = Symbol('AWS::NoValue');

const pseudo = (name: string, { account, region, template }: Scope): unknown =>
  ({
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': template.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${template.stackName}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  })[name];

/** what a resource without local behaviour would be called, so that names made of it stay whole */
const imagined = ({ template, account, region }: Scope, id: string, attribute?: string) => {
  const name = `${template.stackName}-${id}`;
  const kind = template.resources[id]?.Type.split('::')[1]?.toLowerCase() ?? 'cloudformation';
  return attribute?.endsWith('Arn') ? `arn:aws:${kind}:${region}:${account}:${name}` : name;
};

const ref = (name: string, scope: Scope): unknown => {
  if (name.startsWith('AWS::')) return pseudo(name, scope);
  const provided = scope.provided.get(name);
  if (provided) return provided.ref;
  const parameter = scope.template.parameters[name];
  if (parameter) return parameter.Default ?? '';
  return imagined(scope, name);
};

const getAtt = ([id, attribute]: [string, string], scope: Scope): unknown =>
  scope.provided.get(id)?.attributes[attribute] ?? imagined(scope, id, attribute);

const rewritten = (text: string, { rewrites }: Scope) => {
  let result = text;
  for (const [from, to] of rewrites) result = result.replaceAll(from, to);
  return result;
};

const sub = (argument: string | [string, Properties], scope: Scope) => {
  const [text, own] = typeof argument === 'string' ? [argument, {} as Properties] : argument;
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in own) return String(resolve(own[name], scope));
    const [id = '', ...attribute] = name.split('.');
    return String(attribute.length ? getAtt([id, attribute.join('.')], scope) : ref(name, scope));
  });
};

const condition = (name: string, scope: Scope): boolean => resolve(scope.template.conditions[name], scope) === true;

/** Whether a resource or output with this condition exists. */
export const exists = (name: string | undefined, scope: Scope) => name === undefined || condition(name, scope);

const functions: Record<string, (argument: never, scope: Scope) => unknown> = {
  Ref: ref,
  Condition: condition,
  'Fn::GetAtt': (at: string | [string, string], scope) =>
    getAtt(typeof at === 'string' ? (at.split(/\.(.*)/) as [string, string]) : at, scope),
  'Fn::Join': ([by, parts]: [string, unknown], scope) => (resolve(parts, scope) as unknown[]).join(by),
  'Fn::Sub': sub,
  'Fn::Select': ([index, list]: [unknown, unknown], scope) =>
    (resolve(list, scope) as unknown[])[Number(resolve(index, scope))],
  'Fn::Split': ([by, text]: [string, unknown], scope) => String(resolve(text, scope)).split(by),
  'Fn::If': ([name, yes, no]: [string, unknown, unknown], scope) => resolve(condition(name, scope) ? yes : no, scope),
  'Fn::Equals': ([a, b]: [unknown, unknown], scope) => String(resolve(a, scope)) === String(resolve(b, scope)),
  'Fn::Not': ([one]: [unknown], scope) => resolve(one, scope) !== true,
  'Fn::And': (all: unknown[], scope) => all.every(one => resolve(one, scope) === true),
  'Fn::Or': (all: unknown[], scope) => all.some(one => resolve(one, scope) === true),
  'Fn::Contains': ([list, one]: [unknown, unknown], scope) =>
    (resolve(list, scope) as unknown[]).includes(resolve(one, scope)),
  'Fn::FindInMap': ([map, first, second]: [string, unknown, unknown], scope) =>
    scope.template.mappings[map]?.[String(resolve(first, scope))]?.[String(resolve(second, scope))],
  'Fn::Base64': (text: unknown, scope) => Buffer.from(String(resolve(text, scope))).toString('base64'),
  'Fn::Length': (list: unknown, scope) => (resolve(list, scope) as unknown[]).length,
  'Fn::ToJsonString': (value: unknown, scope) => JSON.stringify(resolve(value, scope)),
  'Fn::GetAZs': (_: unknown, { region }) => ['a', 'b', 'c'].map(zone => region + zone),
  'Fn::ImportValue': (name: unknown, scope) => {
    scope.warn(`the template imports ${String(resolve(name, scope))} of another stack; it is empty here`);
    return '';
  },
};

const resolveObject = (value: Record<string, unknown>, scope: Scope) => {
  const entries = Object.entries(value)
    .map(([key, one]): [string, unknown] => [key, resolve(one, scope)])
    .filter(([, one]) => one !== noValue);
  return Object.fromEntries(entries);
};

export const resolve = (value: unknown, scope: Scope): unknown => {
  if (typeof value === 'string') return rewritten(value, scope);
  if (Array.isArray(value)) return value.map(one => resolve(one, scope)).filter(one => one !== noValue);
  if (value === null || typeof value !== 'object') return value;
  const [[key, argument] = ['', undefined], ...more] = Object.entries(value);
  const call = more.length === 0 ? functions[key] : undefined;
  if (!call) return resolveObject(value as Record<string, unknown>, scope);
  const result = call(argument as never, scope);
  return typeof result === 'string' ? rewritten(result, scope) : result;
};

export const references = (value: unknown, found = new Set<string>()): Set<string> => {
  if (Array.isArray(value)) for (const one of value) references(one, found);
  else if (value && typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      if (key === 'Ref') found.add(String(one));
      else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(one) ? one[0] : one).split('.')[0] ?? '');
      else if (key === 'Fn::Sub')
        for (const [, name = ''] of JSON.stringify(one).matchAll(/\$\{([^}!.]+)/g)) found.add(name);
      references(one, found);
    }
  }
  return found;
};
