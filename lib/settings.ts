import type { Node } from 'constructs';
import * as z from 'zod';

const Settings = z.object({
  /** name of the deployment; `dev` is disposable, every other keeps its data */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/)
    .default('dev'),
  /** tenants with a machine client */
  tenants: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/))
    .min(1)
    .default(['demo']),
  /** sender of all mail; its domain is verified with SES */
  mailFrom: z.email().default('hello@example.com'),
  /** recipient of alarms */
  alarmMail: z.email().optional(),
});

export type Settings = z.output<typeof Settings> & { disposable: boolean };

/** The settings of a deployment: `-c name=value`, or cdk.json. */
export const settingsOf = (node: Node): Settings => {
  const given = (name: string) => node.tryGetContext(name) ?? undefined;
  const tenants = given('tenants');
  const settings = Settings.parse({
    stage: given('stage'),
    tenants: typeof tenants === 'string' ? tenants.split(',') : tenants,
    mailFrom: given('mailFrom'),
    alarmMail: given('alarmMail'),
  });
  return { ...settings, disposable: settings.stage === 'dev' };
};
