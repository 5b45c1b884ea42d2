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

/** The verified sender, and the configuration sets that report the deliveries of mails on the account's default bus, one of them with opens and clicks. */
export class Mail extends Construct {
  readonly environment: Record<string, string>;
  private readonly resources: string[];

  constructor(scope: Construct, id: string, { settings: { mailFrom } }: { settings: Settings }) {
    super(scope, id);
    const domain = mailFrom.slice(mailFrom.indexOf('@') + 1);
    const destination = EventDestination.eventBus(EventBus.fromEventBusName(this, 'AccountBus', 'default'));
    const reporting = (id: string, further: EmailSendingEvent[]) => {
      const set = new ConfigurationSet(this, id, {
        tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
        suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      });
      set.addEventDestination('Reports', {
        destination,
        events: [SEND, DELIVERY, BOUNCE, COMPLAINT, REJECT, ...further],
      });
      return set;
    };
    // SES rewrites links and adds a pixel where opens and clicks are to be reported
    const configurationSet = reporting('ConfigurationSet', [OPEN, CLICK]);
    const untracked = reporting('UntrackedConfigurationSet', []);
    const identity = new EmailIdentity(this, 'Identity', { identity: Identity.domain(domain), configurationSet });
    this.environment = {
      MAIL_FROM: mailFrom,
      MAIL_CONFIGURATION_SET: configurationSet.configurationSetName,
      MAIL_UNTRACKED_CONFIGURATION_SET: untracked.configurationSetName,
    };
    this.resources = [
      identity.emailIdentityArn,
      ...[configurationSet, untracked].map(({ configurationSetName: resourceName, stack }) =>
        stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName }),
      ),
    ];
  }

  grant(grantee: IGrantable) {
    allow(grantee, 'ses', ['SendEmail'], this.resources);
    // the list is of the account: no resource can be named
    allow(grantee, 'ses', ['DeleteSuppressedDestination'], ['*']);
  }
}
