import { type Stack, Validations } from 'aws-cdk-lib';
import { apis } from './functions.ts';
import { gatewayRoutes } from './gateway-routes.ts';

/** construct paths of the routes that are open */
const openRoutes = new Set(
  gatewayRoutes(apis)
    .filter(({ token }) => !token)
    .map(({ key }) => `/Api/${key.replace(' ', '').replaceAll('/', '--')}/Resource`),
);

type Suppression = { rule: string; at: RegExp | ((path: string) => boolean); reason: string };

/** Every finding of cdk-nag's AwsSolutions that we accept, where, and why. A test fails when one of them no longer applies. */
export const suppressions: Suppression[] = [
  {
    rule: 'AwsSolutions-APIG4',
    at: path => openRoutes.has(path.slice(path.indexOf('/Api/'))),
    reason:
      'declared so: the function checks the write keys of trackers and the signatures of links; the reference and preflight requests are for all',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    at: /Role\/DefaultPolicy\/Resource$/,
    reason:
      'tracing, log delivery of state machines and dynamodb:ListStreams know no resources; a test holds that nothing else is allowed on *',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/<OutboxTimersB6D78084>/*]',
    at: /\/Outbox\/SetTimersRole\/DefaultPolicy\/Resource$/,
    reason: 'each timer is a schedule named for its event; the group they are in holds nothing else',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<referencetoRapportFilesBucketB3E0E7FAArn>/*]',
    at: /Role\/DefaultPolicy\/Resource$/,
    reason: 'files have keys of their own; each function names those of the tenant that it acts for',
  },
  {
    rule: 'AwsSolutions-S1',
    at: /\/Files\/Bucket\/Resource$/,
    reason:
      'every upload, import, export and document is an event on the timeline already; CloudTrail data events record access for who needs that too',
  },
  {
    rule: 'AwsSolutions-SQS3',
    at: /\/(Outbox|Workflows)\/\w+DeadLetters\/Queue\/Resource$/,
    reason:
      'they are dead-letter queues: of stream mappings and of rules, which name them as destination, not as redrive target',
  },
  {
    rule: 'AwsSolutions-COG8',
    at: /\/Identity\/Pool\/Resource$/,
    reason: 'the Plus plan costs by user and adds risk scoring; people sign in with a second factor, always',
  },
];

const applies = (at: Suppression['at'], path: string) => (at instanceof RegExp ? at.test(path) : at(path));

/** Tells cdk-nag which findings are accepted. */
export const acknowledge = (stack: Stack) => {
  for (const construct of stack.node.findAll()) {
    for (const { rule, at, reason } of suppressions) {
      if (applies(at, construct.node.path)) Validations.of(construct).acknowledge({ id: rule, reason });
    }
  }
};
