import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiFunctions, listeners, mailReceiver, outbox, publisher, signIn, workflows } from '../../lib/functions.ts';
import { suppressions } from '../../lib/suppressions.ts';
import { appOf, idOf, templateOf } from './synthesised.ts';

type Statement = { Action: string | string[]; Resource?: unknown; NotResource?: unknown; Effect: string };

const store = [
  'GetItem',
  'BatchGetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'ConditionCheckItem',
  'Query',
].map(action => `dynamodb:${action}`);
const key = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'DescribeKey'].map(
  action => `kms:${action}`,
);
const own = ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'];
const queue = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl'].map(
  action => `sqs:${action}`,
);
const stream = [
  'dynamodb:ListStreams',
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'kms:Decrypt',
  'kms:DescribeKey',
  'sqs:SendMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
];
const publishing = ['events:PutEvents', 'dynamodb:BatchGetItem'];
const files = ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload', 'ListBucket'];
const used = {
  mail: ['ses:SendEmail', 'ses:DeleteSuppressedDestination'],
  sms: ['sns:Publish'],
  files: files.map(action => `s3:${action}`),
  scan: ['dynamodb:Scan'],
};

/** what each function calls, and so may */
const allowed: Record<string, string[]> = Object.fromEntries([
  ...apiFunctions.map(({ name, uses, stateless }) => [
    name,
    stateless ? own : [...own, ...store, ...key, ...uses.flatMap(use => used[use])],
  ]),
  ...listeners.map(({ name, uses }) => [name, [...own, ...store, ...key, ...queue, ...uses.flatMap(use => used[use])]]),
  ...workflows.map(({ name, uses }) => [name, [...own, ...store, ...key, ...uses.flatMap(use => used[use])]]),
  [signIn.addTenant.name, own],
  [outbox.relay.name, [...own, ...stream, ...publishing]],
  [publisher.name, [...own, ...queue, ...publishing]],
  [mailReceiver.name, [...own, ...store, ...key, ...used.files, 'sqs:SendMessage']],
  [outbox.setTimers.name, [...own, ...stream, 'scheduler:CreateSchedule', 'iam:PassRole', 'sqs:SendMessage']],
]);

let prod: ReturnType<typeof templateOf>;
beforeAll(() => {
  prod = templateOf('prod');
});

const statements = (): { role: string; statement: Statement }[] =>
  prod
    .all('AWS::IAM::Policy')
    .flatMap(({ Roles, PolicyDocument }) =>
      PolicyDocument.Statement.map((statement: Statement) => ({ role: idOf(Roles[0]), statement })),
    );

const actionsOf = ({ Action }: Statement) => [Action].flat();

describe('every function', () => {
  test('may do what it calls, and nothing more', () => {
    for (const fn of prod.all('AWS::Lambda::Function')) {
      const role = idOf(fn.Role);
      const may = statements()
        .filter(one => one.role === role)
        .flatMap(({ statement }) => actionsOf(statement));
      expect([...new Set(may)].sort(), fn.Description).toEqual([...new Set(allowed[fn.Description])].sort());
    }
  });

  test('has a role of its own, without managed policies', () => {
    const roles = prod.all('AWS::Lambda::Function').map(({ Role }) => idOf(Role));
    expect(new Set(roles).size).toBe(roles.length);
    for (const { ManagedPolicyArns } of prod.all('AWS::IAM::Role')) expect(ManagedPolicyArns).toBeUndefined();
  });
});

test('no policy has a wildcard among its actions', () => {
  for (const { statement } of statements())
    for (const action of actionsOf(statement)) expect(action).not.toContain('*');
});

test('only what knows no resources is allowed on all of them', () => {
  const everywhere = statements().filter(({ statement }) => statement.Resource === '*' || statement.NotResource);
  const actions = new Set(everywhere.flatMap(({ statement }) => actionsOf(statement)));
  const unscoped =
    /^(xray:(Put|Get)\w+|dynamodb:ListStreams|sns:Publish|ses:DeleteSuppressedDestination|logs:(\w+LogDelivery|ListLogDeliveries|\w+ResourcePolic(y|ies)|DescribeLogGroups))$/;
  expect([...actions].filter(action => !unscoped.test(action))).toEqual([]);
});

test('with isolation by IAM functions reach data only by a session for one company; those that serve all are named', () => {
  const iam = templateOf('prod', { isolation: 'iam' });
  const policies = iam.all('AWS::IAM::Policy');
  const of = (role: string) =>
    policies.filter(({ Roles }) => idOf(Roles[0]) === role).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  const isData = (action: string) => /^(dynamodb|s3):/.test(action) && !/Stream|GetRecords|GetShard/.test(action);
  const direct = iam.all('AWS::Lambda::Function').flatMap(({ Description, Role, Environment }) => {
    const actions = of(idOf(Role)).flatMap(actionsOf);
    const assumes = actions.includes('sts:TagSession');
    expect([Description, assumes]).toEqual([Description, Environment?.Variables.TABLE_ROLE !== undefined]);
    return actions.filter(isData).map(action => `${Description} ${action}`);
  });
  const scanning = listeners.filter(({ uses }) => uses.includes('scan')).map(({ name }) => `${name} dynamodb:Scan`);
  const publishers = [outbox.relay, publisher].map(({ name }) => `${name} dynamodb:BatchGetItem`);
  expect(direct.sort()).toEqual([...scanning, ...publishers].sort());

  const company = `\${aws:PrincipalTag/tenant}`;
  const roles = iam.all('AWS::IAM::Role').filter(({ Description }) => /of one company/.test(Description));
  expect(roles).toHaveLength(2);
  for (const { id, AssumeRolePolicyDocument } of roles) {
    const [trust] = AssumeRolePolicyDocument.Statement;
    expect([trust.Action].flat().sort()).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    expect(trust.Condition).toMatchObject({
      StringLike: { 'aws:RequestTag/tenant': '?*' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['tenant'] },
    });
    for (const one of of(id)) {
      const actions = actionsOf(one);
      expect(actions).not.toContain('dynamodb:Scan');
      const text = JSON.stringify(one);
      if (actions.some(isData)) expect(text).toContain(company);
      if (actions[0]?.startsWith('dynamodb:'))
        expect(one.Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${company}#*`] } });
    }
  }
});

describe('cdk-nag (AwsSolutions)', () => {
  test.each([
    ['dev', {}],
    ['prod', {}],
    ['prod', { isolation: 'iam' }],
  ])('finds nothing in stage %s %o that is not accepted with a reason', (stage, more) => {
    const { app } = appOf(stage, more);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });

  test('is told of nothing that is not there', () => {
    const paths = prod.stack.node.findAll().map(({ node }) => node.path);
    for (const { applies, rule, reason } of suppressions) {
      expect(paths.some(applies), rule).toBe(true);
      expect(reason.length).toBeGreaterThan(40);
    }
  });
});
