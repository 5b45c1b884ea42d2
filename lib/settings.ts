import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'constructs';
import * as z from 'zod';
import type { Scope } from '../functions/shared/http/contract.ts';
import { tenantName } from '../functions/shared/http/principal.ts';
import { scopes } from '../functions/shared/http/roles.ts';

const Tenant = z.string().regex(tenantName);

const placeholder = /[@.]example(\.(com|org|net))?$/;

const Url = z.url({ protocol: /^https?$/ });

const fields = {
  tenants: z.array(Tenant).min(1).describe('who may sign in: people of another tenant get no token'),
  mail: z.strictObject({
    from: z.email().describe('sender of all mail'),
    identity: z
      .enum(['own', 'existing'])
      .default('own')
      .describe('`existing`: the domain is verified with SES already, by another stage or by hand'),
    receives: z
      .array(z.hostname())
      .optional()
      .describe(
        'domains whose mail SES receives for mailboxes; empty: every verified domain of the account. Left out, no mail is received',
      ),
  }),
  alarmMail: z.email().describe('recipient of alarms'),
  domain: z
    .strictObject({ name: z.hostname(), certificateArn: z.string().startsWith('arn:') })
    .optional()
    .describe('domain of the API and of the links in mails; the certificate is in the region of the stack'),
  signIn: z
    .strictObject({ callbackUrls: z.array(Url).min(1), logoutUrls: z.array(Url).default([]) })
    .optional()
    .describe('applications that sign people in on the hosted page, by authorization code with PKCE'),
  machines: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
      z.strictObject({ tenant: Tenant, scopes: z.array(z.enum(scopes as [Scope, ...Scope[]])).min(1) }),
    )
    .default({})
    .describe('clients with a secret, each for one tenant with scopes of its own'),
  operators: z
    .array(z.string().startsWith('arn:'))
    .default([])
    .describe('roles that may publish our own events again after an outage; see the runbook'),
  isolation: z
    .enum(['code', 'iam'])
    .default('code')
    .describe('what keeps companies apart: code, or also a session of a role for each company. See docs/deploy.md'),
  concurrency: z.int().min(2).max(1000).default(10).describe('how many batches a reaction handles at a time at most'),
  warmThroughput: z
    .strictObject({ readUnitsPerSecond: z.int().min(12_000), writeUnitsPerSecond: z.int().min(4000) })
    .optional()
    .describe('of the table, before large imports'),
};

/** a trigger finds them in its environment, which is 4 KB at most */
const mostTenants = 3500;

const Deployed = z.strictObject(fields).superRefine(({ tenants, mail, machines }, { addIssue }) => {
  const wrong = (path: PropertyKey[], message: string) => addIssue({ code: 'custom', path, message });
  if (placeholder.test(mail.from)) wrong(['mail', 'from'], 'is an example. Name an address of your own domain');
  if (tenants.join(',').length > mostTenants) wrong(['tenants'], `are longer than ${mostTenants} characters together`);
  for (const [name, { tenant }] of Object.entries(machines))
    if (!tenants.includes(tenant)) wrong(['machines', name, 'tenant'], 'is not among the tenants');
});

/** of `dev`, which takes any tenant */
const Disposable = z.strictObject({ ...fields, tenants: fields.tenants.optional(), alarmMail: z.email().optional() });

const Stage = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);

export type Settings = z.output<typeof Disposable> & { stage: string; disposable: boolean };

/** The settings of a stage. `dev` is disposable; every other stage keeps its data and names what it needs. */
export const settingsFor = (stage: string, given: unknown, file = 'the settings'): Settings => {
  const disposable = stage === 'dev';
  const { data, error } = (disposable ? Disposable : Deployed).safeParse(given);
  if (data) return { ...data, stage: Stage.parse(stage), disposable };
  throw new Error(`${file} cannot be used:\n${z.prettifyError(error)}`);
};

const folder = join(import.meta.dirname, '../settings');

/** what was once a flag: a flag that is forgotten must not change a deployment */
const flags = ['tenants', 'mailFrom', 'alarmMail'];

/** The settings of the stage that `-c stage=…` names, or of the one that `only` names, from `settings/<stage>.json`. */
export const settingsOf = (node: Node, only?: string): Settings => {
  const stage = Stage.parse(only ?? node.tryGetContext('stage') ?? 'dev');
  const file = join(folder, `${stage}.json`);
  const flag = flags.find(name => node.tryGetContext(name) !== undefined);
  if (flag) throw new Error(`-c ${flag} is not read. Write it into settings/${stage}.json and commit the file.`);
  if (!existsSync(file))
    throw new Error(`settings/${stage}.json does not exist. Copy settings/example.json, change it and commit it.`);
  return settingsFor(stage, JSON.parse(readFileSync(file, 'utf8')), `settings/${stage}.json`);
};
