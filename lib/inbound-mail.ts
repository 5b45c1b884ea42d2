import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { allow } from './allow.ts';
import { DeadLetters } from './dead-letters.ts';
import type { Files } from './files.ts';
import { type CodeOf, RapportFunction } from './function.ts';
import { mailReceiver } from './functions.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

type Props = { settings: Settings; files: Files; surroundings: Surroundings; alarms: Alarms; code: CodeOf };

const lost =
  'Each message names a mail that could not be handled; it is in the bucket of files under `short/-mail/inbound/` for seven days. Find `"level":"error"` in the log of `receive-mail` for the reason, fix the cause and deploy, then invoke the function with the `requestPayload` of each message: a mail that is handled twice opens one case. Then delete the messages.';

/** What SES receives goes into the bucket, then to the function that decides what becomes of it. */
export class InboundMail extends Construct {
  /** to be made the account's active one by hand: an account has one */
  readonly ruleSetName: string;

  constructor(scope: Construct, id: string, { settings, files, surroundings, alarms, code }: Props) {
    super(scope, id);
    const receiver = new RapportFunction(this, mailReceiver.name, { code, surroundings, uses: ['files'] });
    const { queue } = new DeadLetters(this, mailReceiver.name, { alarms, action: lost });
    receiver.configureAsyncInvoke({
      // SqsDestination would allow more than to send
      onFailure: { bind: () => ({ destination: queue.queueArn }) },
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
    });
    allow(receiver, 'sqs', ['SendMessage'], [queue.queueArn]);
    const rules = new ReceiptRuleSet(this, 'Rules');
    this.ruleSetName = rules.receiptRuleSetName;
    const sourceArn = rules.stack.formatArn({ service: 'ses', resource: 'receipt-rule-set', resourceName: '*' });
    receiver.addPermission('Ses', {
      principal: new ServicePrincipal('ses.amazonaws.com'),
      sourceAccount: rules.stack.account,
      sourceArn,
    });
    const bucket = files.receiveFrom(sourceArn);
    rules.addRule('Receive', {
      recipients: settings.mail.receives ?? [],
      scanEnabled: true,
      tlsPolicy: TlsPolicy.OPTIONAL,
      actions: [
        { bind: () => ({ s3Action: bucket }) },
        { bind: () => ({ lambdaAction: { functionArn: receiver.functionArn, invocationType: 'Event' } }) },
      ],
    });
  }
}
