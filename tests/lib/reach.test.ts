import { beforeAll, describe, expect, test } from 'vitest';
import { idOf, templateOf } from './synthesised.ts';

type Statement = {
  Effect: string;
  Principal: { Service?: string; AWS?: unknown } | '*';
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
};

let prod: ReturnType<typeof templateOf>;
beforeAll(() => {
  prod = templateOf('prod');
});

const byId = (type: string, id: string) => prod.all(type).find(one => one.id === id);

const allows = (statements: Statement[], service: string, actions: string[]) =>
  actions.every(action =>
    statements.some(
      ({ Effect, Principal, Action }) =>
        Effect === 'Allow' && Principal !== '*' && Principal.Service === service && [Action].flat().includes(action),
    ),
  );

const ofAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

test('an alarm reaches somebody: its topic lets alarms in, the topic’s key too, and an address subscribes', () => {
  const topics = new Set(prod.all('AWS::CloudWatch::Alarm').flatMap(({ AlarmActions }) => AlarmActions.map(idOf)));
  expect(topics.size).toBeGreaterThan(0);
  for (const topic of topics) {
    const { PolicyDocument } = prod
      .all('AWS::SNS::TopicPolicy')
      .find(({ Topics }) => Topics.map(idOf).includes(topic as string));
    expect(allows(PolicyDocument.Statement, 'cloudwatch.amazonaws.com', ['sns:Publish'])).toBe(true);
    const { KeyPolicy } = byId('AWS::KMS::Key', idOf(byId('AWS::SNS::Topic', topic as string).KmsMasterKeyId));
    expect(allows(KeyPolicy.Statement, 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'])).toBe(true);
    const subscribed = prod.all('AWS::SNS::Subscription').filter(({ TopicArn }) => idOf(TopicArn) === topic);
    expect(subscribed).toMatchObject([{ Protocol: 'email', Endpoint: 'ops@acme.test' }]);
  }
});

test('an event reaches its queue: the queue’s policy lets the rule in', () => {
  const policies = prod.all('AWS::SQS::QueuePolicy');
  for (const { id, Targets } of prod.all('AWS::Events::Rule')) {
    const queues = Targets.flatMap(({ Arn, DeadLetterConfig }: { Arn: unknown; DeadLetterConfig: { Arn: unknown } }) =>
      [Arn, DeadLetterConfig.Arn].map(idOf),
    ).filter((target: string) => byId('AWS::SQS::Queue', target));
    for (const queue of queues) {
      const statements = policies
        .filter(({ Queues }) => Queues.map(idOf).includes(queue))
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Statement[]);
      expect(allows(statements, 'events.amazonaws.com', ['sqs:SendMessage']), `${id} ${queue}`).toBe(true);
    }
  }
});

test('services of AWS act for this account only', () => {
  const alarms = [...prod.all('AWS::SNS::TopicPolicy').map(one => one.PolicyDocument)];
  const keys = prod.all('AWS::KMS::Key').map(one => one.KeyPolicy);
  const watching = [...alarms, ...keys]
    .flatMap(({ Statement }) => Statement as Statement[])
    .filter(({ Principal }) => Principal !== '*' && Principal.Service === 'cloudwatch.amazonaws.com');
  expect(watching).toHaveLength(2);
  for (const { Condition } of watching) expect(Condition).toEqual(ofAccount);
  const [scheduling] = prod
    .all('AWS::IAM::Role')
    .flatMap(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument.Statement as Statement[])
    .filter(({ Principal }) => Principal !== '*' && Principal.Service === 'scheduler.amazonaws.com');
  expect(scheduling?.Condition?.StringEquals).toMatchObject(ofAccount.StringEquals);
  expect(JSON.stringify(scheduling?.Condition)).toContain('schedule-group/');
});

test('every queue of events is watched for its age, and no reaction takes all functions of the account', () => {
  const watched = JSON.stringify(prod.all('AWS::CloudWatch::Alarm').flatMap(({ Metrics = [] }) => Metrics));
  const sources = prod.all('AWS::Lambda::EventSourceMapping').filter(({ EventSourceArn }) => {
    return byId('AWS::SQS::Queue', idOf(EventSourceArn));
  });
  for (const { EventSourceArn, ScalingConfig } of sources) {
    expect(watched).toContain(idOf(EventSourceArn));
    expect(ScalingConfig).toEqual({ MaximumConcurrency: 10 });
  }
  expect(watched.match(/ApproximateAgeOfOldestMessage/g)).toHaveLength(sources.length);
});

describe('the buses', () => {
  const [own, inbound] = [/BusOwn/, /Bus[0-9A-F]{8}/];

  test('take events of other systems on one, and only ours on the other', () => {
    const rules = prod.all('AWS::Events::Rule');
    const on = (bus: RegExp) => rules.filter(({ EventBusName }) => bus.test(idOf(EventBusName)));
    const sources = on(inbound).map(({ EventPattern }) => EventPattern.source);
    expect(sources).toEqual(Array.from({ length: 3 }, () => [{ 'anything-but': { prefix: 'rapport.' } }]));
    for (const { EventPattern } of on(own)) expect(JSON.stringify(EventPattern.source)).toContain('rapport.');
    const [policy, ...others] = prod.all('AWS::Events::EventBusPolicy');
    expect(others).toEqual([]);
    expect(idOf(policy.EventBusName)).toMatch(own);
    const { Condition, ...statement } = policy.Statement;
    expect(statement).toMatchObject({ Effect: 'Deny', Principal: '*', Action: 'events:PutEvents' });
    expect(Condition.ArnNotEquals['aws:PrincipalArn'].map(idOf)).toEqual([
      expect.stringContaining('Relay'),
      expect.stringContaining('PublishDue'),
    ]);
  });

  test('of the account: only reports about mails of this stage are taken from it', () => {
    const [rule, ...others] = prod.all('AWS::Events::Rule').filter(({ EventBusName }) => EventBusName === 'default');
    expect(others).toEqual([]);
    const sets = rule.EventPattern.detail.mail.tags['ses:configuration-set'];
    expect(sets.map(idOf)).toEqual(prod.all('AWS::SES::ConfigurationSet').map(({ id }) => id));
  });
});

test('opened mails and followed links are reported of one configuration set only', () => {
  const events = prod
    .all('AWS::SES::ConfigurationSetEventDestination')
    .map(({ EventDestination }) => EventDestination.MatchingEventTypes as string[]);
  expect(events.map(types => types.includes('open') || types.includes('click'))).toEqual([false, true]);
  const { Variables } = prod
    .all('AWS::Lambda::Function')
    .find(({ Description }) => Description === 'reactions-mail-sms').Environment;
  expect(idOf(Variables.MAIL_CONFIGURATION_SET)).not.toBe(idOf(Variables.MAIL_TRACKING_SET));
});

describe('a stage with settings of its own', () => {
  const domain = { name: 'crm.acme.test', certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1' };

  test('has its domain in front of the API and in links, and no other address', () => {
    const own = templateOf('prod', { domain });
    expect(own.all('AWS::ApiGatewayV2::DomainName')).toMatchObject([{ DomainName: domain.name }]);
    expect(own.all('AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
    expect(own.all('AWS::ApiGatewayV2::Api')).toMatchObject([{ DisableExecuteApiEndpoint: true }]);
    for (const { Environment, Description } of own.all('AWS::Lambda::Function')) {
      const { PUBLIC_URL = 'https://crm.acme.test' } = Environment?.Variables ?? {};
      expect([Description, PUBLIC_URL]).toEqual([Description, 'https://crm.acme.test']);
    }
  });

  test('can share a mail domain with another', () => {
    const from = 'hello@mail.acme.test';
    expect(templateOf('test', { mail: { from, identity: 'existing' } }).all('AWS::SES::EmailIdentity')).toEqual([]);
    expect(prod.all('AWS::SES::EmailIdentity')).toMatchObject([{ EmailIdentity: 'mail.acme.test' }]);
  });
});

describe('sign-in', () => {
  test('has one client for people of all tenants, and a machine’s client with its scopes only', () => {
    expect(prod.all('AWS::Cognito::UserPoolClient')).toHaveLength(1);
    const machines = { shop: { tenant: 'acme', scopes: ['customers.read'] } };
    const clients = templateOf('prod', { machines }).all('AWS::Cognito::UserPoolClient');
    const [shop, ...others] = clients.filter(({ GenerateSecret }) => GenerateSecret);
    expect(others).toEqual([]);
    expect(shop).toMatchObject({ AllowedOAuthFlows: ['client_credentials'], DeletionPolicy: 'RetainExceptOnCreate' });
    expect(JSON.stringify(shop.AllowedOAuthScopes)).toContain('/customers.read');
    expect(shop.AllowedOAuthScopes).toHaveLength(2);
  });

  test('has no implicit flow and no call-back that is not ours', () => {
    const signIn = { callbackUrls: ['https://app.acme.test/in'] };
    const [none] = prod.all('AWS::Cognito::UserPoolClient');
    const [own] = templateOf('prod', { signIn }).all('AWS::Cognito::UserPoolClient');
    expect(none).toMatchObject({ AllowedOAuthFlowsUserPoolClient: false });
    expect(none.CallbackURLs).toBeUndefined();
    expect(own).toMatchObject({ AllowedOAuthFlows: ['code'], CallbackURLs: signIn.callbackUrls });
  });

  test('has a hosted domain unlike that of any other deployment', () => {
    expect(JSON.stringify(prod.all('AWS::Cognito::UserPoolDomain')[0].Domain)).toContain('AWS::StackId');
  });

  test('writes the tenant into access tokens, of the tenants that are served', () => {
    const [{ LambdaConfig }] = prod.all('AWS::Cognito::UserPool');
    expect(LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe('V2_0');
    const trigger = byId('AWS::Lambda::Function', idOf(LambdaConfig.PreTokenGenerationConfig.LambdaArn));
    expect(trigger.Environment.Variables).toEqual({ TENANTS: 'acme,zenith' });
  });
});

/** An update that changes one of these ids replaces the resource, and what it holds is gone or lies elsewhere. */
test('what holds data or is known outside keeps its logical id', () => {
  const types = [
    'AWS::DynamoDB::Table',
    'AWS::KMS::Key',
    'AWS::S3::Bucket',
    'AWS::Cognito::UserPool',
    'AWS::Cognito::UserPoolClient',
    'AWS::Cognito::UserPoolDomain',
    'AWS::Events::EventBus',
    'AWS::SES::EmailIdentity',
    'AWS::ApiGatewayV2::Api',
    'AWS::Scheduler::ScheduleGroup',
  ];
  expect(types.flatMap(type => prod.all(type).map(({ id }) => id))).toMatchInlineSnapshot(`
    [
      "StoreTable0CCFA19B",
      "StoreKey7A3C02BD",
      "FilesBucket7C17EE2E",
      "IdentityPool9E5AED46",
      "IdentityPoolPeople19B18209",
      "IdentityPoolDomain8A19A96F",
      "Bus95A03305",
      "BusOwn1BA8EB95",
      "MailIdentity4EC7C521",
      "GatewayHttp960327C4",
      "OutboxTimersB6D78084",
    ]
  `);
});
