import { EventBus } from 'aws-cdk-lib/aws-events';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import type { Settings } from './settings.ts';

const { SEND, DELIVERY, BOUNCE, COMPLAINT, REJECT, OPEN, CLICK } = EmailSendingEvent;

/** The verified sender, and the configuration set that reports the deliveries of mails on the account's default bus. */
export class Mail extends Construct {
  readonly environment: Record<string, string>;
  private readonly resources: string[];

  constructor(scope: Construct, id: string, { settings: { mailFrom } }: { settings: Settings }) {
    super(scope, id);
    const domain = mailFrom.slice(mailFrom.indexOf('@') + 1);
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination('Reports', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'AccountBus', 'default')),
      events: [SEND, DELIVERY, BOUNCE, COMPLAINT, REJECT, OPEN, CLICK],
    });
    const identity = new EmailIdentity(this, 'Identity', { identity: Identity.domain(domain), configurationSet });
    this.environment = { MAIL_FROM: mailFrom, MAIL_CONFIGURATION_SET: configurationSet.configurationSetName };
    const { configurationSetName: resourceName, stack } = configurationSet;
    this.resources = [
      identity.emailIdentityArn,
      stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName }),
    ];
  }

  grant(grantee: IGrantable) {
    allow(grantee, 'ses', ['SendEmail'], this.resources);
  }
}
