import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { page, table, text } from './markdown.ts';

// biome-ignore lint/suspicious/noExplicitAny: templates are measured, whatever is in them
type Properties = Record<string, any>;

type Resource = { Type: string; Properties: Properties };

type Template = Record<'Resources' | 'Outputs' | 'Parameters', Record<string, Resource> | undefined>;

type Largest = { used: number; where: string };

export type Quota = Largest & { name: string; limit: number };

/** how many characters a reference becomes once it is deployed: an ARN */
const reference = 120;

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return String(value).length;
  if ('Ref' in value || 'Fn::GetAtt' in value) return reference;
  if ('Fn::Join' in value) return sum((value['Fn::Join'] as [string, unknown[]])[1].map(sizeOf));
  if (Array.isArray(value)) return sum(value.map(part => sizeOf(part) + 1));
  return sum(Object.entries(value).map(([name, part]) => name.length + sizeOf(part) + 5));
};

const largest = (found: [where: string, used: number][]): Largest => {
  const [where, used] = found.reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  return { used, where };
};

const size = (list: unknown) => (Array.isArray(list) ? list.length : Object.keys(list ?? {}).length);

const withoutHash = (id = '') => id.replace(/[0-9A-F]{8}$/, '');

/** The quotas of AWS that bind the stack, with what it uses of them: the largest part where a quota holds for each of several. */
export const quotas = (outdir: string): Quota[] => {
  const templates = globSync('*.template.json', { cwd: outdir }).map(file => ({
    name: withoutHash(/dev(\w+)\.nested/.exec(file)?.[1]) || 'Rapport',
    ...(JSON.parse(readFileSync(join(outdir, file), 'utf8')) as Template),
  }));
  const resources = templates.flatMap(({ Resources = {} }) =>
    Object.entries(Resources).map(([id, one]) => ({ ...one, id })),
  );
  const all = (type: string) => resources.filter(({ Type }) => Type === `AWS::${type}`);
  const count = (type: string): Largest => ({ used: all(type).length, where: '' });
  const perStack = (section: keyof Template) => largest(templates.map(one => [one.name, size(one[section])]));
  const each = (type: string, measure: (properties: Properties) => number) =>
    largest(all(type).map(({ id, Properties }) => [withoutHash(id), measure(Properties)]));
  const together = (type: string, by: string, measure: (properties: Properties) => number) =>
    largest(
      [...Map.groupBy(all(type), ({ Properties }) => JSON.stringify(Properties[by]))].map(([, its]) => [
        withoutHash(its[0]?.id),
        sum(its.map(({ Properties }) => measure(Properties))),
      ]),
    );

  const list: [name: string, limit: number, largest: Largest][] = [
    ['Routes of the HTTP API', 300, count('ApiGatewayV2::Route')],
    ['Integrations of the HTTP API', 300, count('ApiGatewayV2::Integration')],
    [
      'Audiences of the JWT authorizer: one for people, one for each machine',
      50,
      each('ApiGatewayV2::Authorizer', ({ JwtConfiguration }) => size(JwtConfiguration.Audience)),
    ],
    ['Scopes of a resource server', 100, each('Cognito::UserPoolResourceServer', ({ Scopes }) => size(Scopes))],
    ['Resources of a stack', 500, perStack('Resources')],
    ['Outputs of a stack', 200, perStack('Outputs')],
    ['Parameters of a stack', 200, perStack('Parameters')],
    ['Template of a stack, bytes', 1_000_000, largest(templates.map(one => [one.name, JSON.stringify(one).length]))],
    ['Rules of a bus (100 in some regions)', 300, together('Events::Rule', 'EventBusName', () => 1)],
    ['Targets of a rule', 5, each('Events::Rule', ({ Targets }) => size(Targets))],
    ['Pattern of a rule', 2048, each('Events::Rule', ({ EventPattern }) => sizeOf(EventPattern))],
    ['Policies of a role', 10_240, together('IAM::Policy', 'Roles', ({ PolicyDocument }) => sizeOf(PolicyDocument))],
    ['Policy of a function', 20_480, together('Lambda::Permission', 'FunctionName', sizeOf)],
    ['Environment of a function', 4096, each('Lambda::Function', ({ Environment }) => sizeOf(Environment?.Variables))],
    ['Policy of a key', 32_768, each('KMS::Key', ({ KeyPolicy }) => sizeOf(KeyPolicy))],
    ['Policy of a topic', 30_720, each('SNS::TopicPolicy', ({ PolicyDocument }) => sizeOf(PolicyDocument))],
    ['Indexes of the table', 20, each('DynamoDB::Table', ({ GlobalSecondaryIndexes }) => size(GlobalSecondaryIndexes))],
    ['Widgets of the dashboard, one for each alarm', 500, count('CloudWatch::Alarm')],
  ];
  return list.map(([name, limit, most]) => ({ name, limit, ...most }));
};

/** docs/quotas.md */
export const quotasPage = (list: Quota[]) =>
  page(
    text('quotas'),
    table(
      ['quota of AWS', 'used', 'limit', '%', 'largest'],
      list.map(({ name, used, limit, where }) => {
        return [name, used.toLocaleString('en'), limit.toLocaleString('en'), Math.ceil((100 * used) / limit), where];
      }),
    ),
  );
