import { compile } from '../imports.ts';
import type { Target } from '../runtime/send.ts';
import type { TargetInput } from './target-input.ts';

export type RuleTarget = Target &
  TargetInput & {
    Id: string;
    RoleArn?: string;
    DeadLetterConfig?: { Arn?: string };
    RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  };
export type Rule = {
  bus: string;
  name: string;
  arn: string;
  pattern: string;
  enabled: boolean;
  description: string | undefined;
  targets: RuleTarget[];
  matches(event: unknown): boolean;
};

/** a bus by its name or ARN; none means the default one */
export const busName = (nameOrArn?: string) => (nameOrArn ?? 'default').replace(/^arn:.*:event-bus\//, '');

export const isBus = (arn: string) => arn.includes(':event-bus/');

type Statement = { Effect: string; Condition?: { ArnNotEquals?: { 'aws:PrincipalArn'?: string | string[] } } };

/** The template's buses and rules. */
export const openRules = () => {
  const buses = new Map<string, Map<string, Rule>>([['default', new Map()]]);
  const publishers = new Map<string, string[]>();
  return {
    /** of policies: the statement that denies everybody but some roles to put events on a bus */
    restrict: (bus: string, { Effect, Condition }: Statement) => {
      const only = Condition?.ArnNotEquals?.['aws:PrincipalArn'];
      if (Effect === 'Deny' && only) publishers.set(bus, [only].flat());
    },
    isDenied: (bus: string, role: string) => publishers.get(bus)?.includes(role) === false,
    buses: () => [...buses.keys()].sort(),
    hasBus: (name: string) => buses.has(name),
    addBus: (name: string) => void buses.set(name, buses.get(name) ?? new Map()),
    on: (bus: string) => [...(buses.get(bus)?.values() ?? [])],
    find: (bus: string, name: string) => buses.get(bus)?.get(name),
    add: (rule: Omit<Rule, 'matches'>) =>
      void buses.get(rule.bus)!.set(rule.name, { ...rule, matches: compile(JSON.parse(rule.pattern)) }),
  };
};

export type EventRules = ReturnType<typeof openRules>;
