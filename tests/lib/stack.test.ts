import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiFunctions, composed, entries, listeners, outbox, reactions, workflows } from '../../lib/functions.ts';
import { gatewayRoutes } from '../../lib/gateway-routes.ts';
import { idOf, templateOf } from './synthesised.ts';

let prod: ReturnType<typeof templateOf>;
let dev: ReturnType<typeof templateOf>;

beforeAll(() => {
  prod = templateOf('prod');
  dev = templateOf('dev');
});

const queues = () => prod.all('AWS::SQS::Queue');
const isDeadLetters = ({ id }: { id: string }) => id.includes('DeadLetters');

describe('the API', () => {
  test('has the routes that lead to the declared ones, each with its check of tokens', () => {
    const deployed = prod
      .all('AWS::ApiGatewayV2::Route')
      .map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]);
    const derived = gatewayRoutes(apiFunctions).map(({ key, token }) => [key, token ? 'JWT' : 'NONE']);
    expect(deployed.sort()).toEqual(derived.sort());
  });

  test('takes tokens of the user pool’s own clients only', () => {
    const [authorizer, ...others] = prod.all('AWS::ApiGatewayV2::Authorizer');
    expect(others).toEqual([]);
    const clients = prod.all('AWS::Cognito::UserPoolClient').map(({ id }) => id);
    expect(authorizer.JwtConfiguration.Audience.map(idOf).sort()).toEqual(clients.sort());
  });

  test('is throttled and keeps an access log', () => {
    const [stage] = prod.all('AWS::ApiGatewayV2::Stage');
    expect(stage.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(stage.AccessLogSettings.DestinationArn).toBeDefined();
  });
});

describe('the store', () => {
  test('keeps what it has: recovery, own key, deletion protection outside dev', () => {
    const [table] = prod.all('AWS::DynamoDB::Table');
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      DeletionProtectionEnabled: true,
      DeletionPolicy: 'Retain',
    });
    expect(dev.all('AWS::DynamoDB::Table')[0]).toMatchObject({ DeletionPolicy: 'Delete' });
    expect(dev.all('AWS::DynamoDB::Table')[0].DeletionProtectionEnabled).toBeFalsy();
    expect(prod.all('AWS::KMS::Key').every(({ EnableKeyRotation }) => EnableKeyRotation)).toBe(true);
  });

  test('is read by relay and timers through filters, with partial batches and a place for what fails', () => {
    const mappings = prod
      .all('AWS::Lambda::EventSourceMapping')
      .filter(({ EventSourceArn }) => EventSourceArn['Fn::GetAtt']?.[1] === 'StreamArn');
    expect(mappings).toHaveLength(Object.keys(outbox).length);
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(mapping.MaximumRetryAttempts).toBeGreaterThan(0);
      expect(JSON.parse(mapping.FilterCriteria.Filters[0].Pattern)).toMatchObject({ eventName: ['INSERT'] });
      expect(isDeadLetters({ id: idOf(mapping.DestinationConfig.OnFailure.Destination) })).toBe(true);
    }
  });
});

describe('reactions', () => {
  const working = () => queues().filter(queue => !isDeadLetters(queue));

  test('share a queue with dead letters and a function with partial batches, where they have equal rights', () => {
    expect(working()).toHaveLength(listeners.length + 1);
    for (const { RedrivePolicy } of working()) {
      expect(isDeadLetters({ id: idOf(RedrivePolicy.deadLetterTargetArn) })).toBe(true);
      expect(RedrivePolicy.maxReceiveCount).toBeGreaterThan(1);
    }
    const mappings = prod
      .all('AWS::Lambda::EventSourceMapping')
      .filter(({ EventSourceArn }) => working().some(({ id }) => id === idOf(EventSourceArn)));
    expect(mappings).toHaveLength(working().length);
    for (const { FunctionResponseTypes, ScalingConfig } of mappings) {
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(ScalingConfig.MaximumConcurrency).toBeGreaterThan(1);
    }
    for (const { name, reactions, uses } of listeners)
      for (const one of reactions) expect([...one.uses].sort(), name).toEqual([...uses].sort());
  });

  test('have a rule of the bus, and one for each that is for events of other systems', () => {
    const rules = prod.all('AWS::Events::Rule');
    const heard = rules.flatMap(({ Targets }) => Targets.map(({ Arn }: { Arn: unknown }) => idOf(Arn)));
    for (const { id } of working()) if (!id.startsWith('OutboxPublishDue')) expect(heard).toContain(id);
    const described = rules.map(({ Description }) => Description);
    for (const { foreign, summary } of reactions) if (foreign) expect(described).toContain(summary);
    for (const { EventPattern } of rules) expect(JSON.stringify(EventPattern).length).toBeLessThan(2048);
  });

  test('get the events of each company as a group of their own, so that queues are fair', () => {
    for (const { EventBusName, Targets } of prod.all('AWS::Events::Rule'))
      for (const { Arn, SqsParameters } of Targets)
        if (EventBusName !== 'default' && working().some(({ id }) => id === idOf(Arn)))
          expect(['$.detail.lane', '$.detail.tenant']).toContain(SqsParameters.MessageGroupId);
  });

  test('are asked for by nobody else: what is due comes from the timers and from operators', () => {
    const due = working().find(({ id }) => id.startsWith('OutboxPublishDue'));
    const denied = prod
      .all('AWS::SQS::QueuePolicy')
      .filter(({ Queues }) => idOf(Queues[0]) === due?.id)
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .find(({ Action, Effect }) => Action === 'sqs:SendMessage' && Effect === 'Deny');
    expect(denied.Condition.ArnNotEquals['aws:PrincipalArn'].length).toBeGreaterThanOrEqual(2);
  });

  test('give up on nothing silently: every rule’s target has dead letters', () => {
    for (const { Targets, id } of prod.all('AWS::Events::Rule')) {
      for (const { DeadLetterConfig } of Targets)
        expect(isDeadLetters({ id: idOf(DeadLetterConfig?.Arn) }), id).toBe(true);
    }
  });
});

describe('alarms', () => {
  const watched = () =>
    prod
      .all('AWS::CloudWatch::Alarm')
      .flatMap(({ Dimensions = [], MetricName }) =>
        Dimensions.map(({ Value }: { Value: unknown }) => `${MetricName} ${idOf(Value)}`),
      );

  test('watch every dead-letter queue', () => {
    const [letters, seen] = [queues().filter(isDeadLetters), watched()];
    expect(letters.length).toBeGreaterThan(3);
    for (const { id } of letters) expect(seen).toContain(`ApproximateNumberOfMessagesVisible ${id}`);
  });

  test('watch every state machine and both readers of the stream', () => {
    for (const { id } of prod.all('AWS::StepFunctions::StateMachine'))
      expect(watched()).toContain(`ExecutionsFailed ${id}`);
    expect(watched().filter(one => one.startsWith('IteratorAge'))).toHaveLength(2);
  });

  test('have a heading in the runbook, each, and tell somebody', () => {
    const headings = readFileSync('docs/runbook.md', 'utf8')
      .split('\n')
      .filter(line => line.startsWith('## '));
    for (const { AlarmDescription, AlarmActions } of prod.all('AWS::CloudWatch::Alarm')) {
      expect(headings).toContain(`## ${AlarmDescription.split('#')[1]}`);
      expect(AlarmActions).toHaveLength(1);
    }
    expect(headings).toHaveLength(prod.all('AWS::CloudWatch::Alarm').length);
  });
});

describe('what is kept where nobody can be erased from', () => {
  test('is no archive of the bus', () => expect(prod.all('AWS::Events::Archive')).toEqual([]));

  test('tells of a workflow’s event only which it is, and of what', () => {
    const started = prod
      .all('AWS::Events::Rule')
      .flatMap(({ Targets }) => Targets)
      .filter(({ RoleArn }) => RoleArn);
    expect(started.length).toBeGreaterThanOrEqual(workflows.length);
    for (const { InputTransformer } of started) {
      const paths = Object.values(InputTransformer.InputPathsMap as Record<string, string>).sort();
      const ids = ['about', 'id', 'occurredAt', 'tenant'].map(name => `$.detail.${name}`);
      expect(paths).toEqual(['$.detail-type', ...ids]);
    }
  });
});

describe('functions', () => {
  test('are one per entry, on arm64 and Node 24, traced, with a log that ends', () => {
    const functions = prod.all('AWS::Lambda::Function');
    expect(functions.map(({ Description }) => Description).sort()).toEqual(
      [...Object.keys(entries), ...Object.keys(composed)].sort(),
    );
    for (const fn of functions) {
      expect(fn).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
      expect(fn.TracingConfig).toEqual({ Mode: 'Active' });
      expect(idOf(fn.LoggingConfig.LogGroup)).not.toBe('');
    }
    for (const { RetentionInDays } of prod.all('AWS::Logs::LogGroup')) expect(RetentionInDays).toBeGreaterThan(0);
  });
});
