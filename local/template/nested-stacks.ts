import type { Properties } from './properties.ts';
import type { Resource } from './template.ts';

export type Body = {
  Resources?: Record<string, Resource>;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
};

const nestedType = 'AWS::CloudFormation::Stack';

type Value = (name: string, argument: unknown) => unknown;

/** a value with each intrinsic function that `change` knows replaced by what it gives */
const changed = (value: unknown, change: Value): unknown => {
  if (Array.isArray(value)) return value.map(one => changed(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  const replaced = entries.length === 1 ? change(name, argument) : undefined;
  if (replaced !== undefined) return replaced;
  return Object.fromEntries(entries.map(([key, part]) => [key, changed(part, change)]));
};

const attributeOf = (at: unknown): [id: string, attribute: string] =>
  typeof at === 'string' ? (at.split(/\.(.*)/) as [string, string]) : (at as [string, string]);

/** what the resources of a nested stack are called beside those of the stack around it */
const prefixOf = (id: string, resources: Record<string, Resource>) => {
  const [short = id] = id.split('NestedStack');
  return Object.keys(resources).some(other => other !== id && other.startsWith(`${short}NestedStack`)) ? id : short;
};

type Substitution = string | [text: string, own: Properties];

/** a text with its names as values, so that parameters can replace them */
const substituted = (argument: Substitution, change: Value): unknown => {
  const [text, own] = typeof argument === 'string' ? [argument, {}] : argument;
  const names = [...text.matchAll(/\$\{([^!}]+)\}/g)].flatMap(([, name = '']) =>
    name in own || name.startsWith('AWS::') ? [] : [name],
  );
  const values = names.map(name => [name, name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }]);
  return { 'Fn::Sub': [text, changed({ ...own, ...Object.fromEntries(values) }, change)] };
};

/** the parts of a nested template as parts of the one around it */
const raised = (
  { Resources = {}, Parameters = {}, Conditions = {}, ...rest }: Body,
  prefix: string,
  given: Properties,
) => {
  const called = (id: string) => `${prefix}${id}`;
  const change: Value = (name, argument) => {
    if (name === 'Ref' && typeof argument === 'string') {
      if (argument in Resources) return { Ref: called(argument) };
      return argument in Parameters ? (given[argument] ?? Parameters[argument]?.Default ?? '') : undefined;
    }
    if (name === 'Condition' && typeof argument === 'string') return { Condition: called(argument) };
    if (name === 'Fn::GetAtt') {
      const [id, attribute] = attributeOf(argument);
      return { 'Fn::GetAtt': [called(id), attribute] };
    }
    if (name === 'Fn::If') {
      const [condition, ...branches] = argument as [string, unknown, unknown];
      return { 'Fn::If': [called(condition), ...branches.map(branch => changed(branch, change))] };
    }
    if (name === 'Fn::FindInMap') {
      const [map, ...keys] = argument as [string, unknown, unknown];
      return { 'Fn::FindInMap': [called(map), ...keys.map(key => changed(key, change))] };
    }
    if (name === 'Fn::Sub') return substituted(argument as Substitution, change);
    return undefined;
  };
  const raise = <T>(parts: Record<string, T> = {}) =>
    Object.fromEntries(Object.entries(parts).map(([id, part]) => [called(id), changed(part, change) as T]));
  const resources = raise(Resources);
  for (const resource of Object.values(resources)) {
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().map(called);
    if (resource.Condition) resource.Condition = called(resource.Condition);
  }
  return {
    resources,
    conditions: raise(Conditions),
    mappings: Object.fromEntries(Object.entries(rest.Mappings ?? {}).map(([id, map]) => [called(id), map])),
    outputs: changed(rest.Outputs ?? {}, change) as NonNullable<Body['Outputs']>,
  };
};

/** One template of a stack and the stacks nested in it; `nested` gives the template that a TemplateURL leads to. */
export const flattened = (template: Body, nested: (url: unknown) => Body): Body => {
  const { Resources = {}, Conditions = {}, Mappings = {} } = template;
  const inner = Object.entries(Resources).filter(([, { Type }]) => Type === nestedType);
  if (!inner.length) return template;
  const all: Body = { ...template, Conditions: { ...Conditions }, Mappings: { ...Mappings } };
  const resources = Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type !== nestedType));
  const outputs = new Map<string, unknown>();
  for (const [id, { Properties = {} }] of inner) {
    const body = flattened(nested(Properties.TemplateURL), nested);
    const parts = raised(body, prefixOf(id, Resources), Properties.Parameters ?? {});
    Object.assign(resources, parts.resources);
    Object.assign(all.Conditions!, parts.conditions);
    Object.assign(all.Mappings!, parts.mappings);
    for (const [name, { Value }] of Object.entries(parts.outputs)) outputs.set(`${id} Outputs.${name}`, Value);
  }
  const change: Value = (name, argument) => {
    const found = name === 'Fn::GetAtt' ? outputs.get(attributeOf(argument).join(' ')) : undefined;
    // what one nested stack hands out may be what another was given
    return found === undefined ? undefined : changed(found, change);
  };
  return {
    ...all,
    Resources: changed(resources, change) as Record<string, Resource>,
    Outputs: changed(template.Outputs ?? {}, change) as NonNullable<Body['Outputs']>,
  };
};
