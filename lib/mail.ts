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

const outcomes = [SEND, DELIVERY, BOUNCE, COMPLAINT, REJECT];

/**
 * The verified sender, and the configuration sets that report the deliveries of mails on the account's default bus: one as it is, one
 * that also counts who opens mails and follows their links.
 */
export class Mail extends Construct {
  readonly environment: Record<string, string>;
  readonly from: string;
  /** of the reports that are about our mails: other stages and applications send theirs to the same bus */
  readonly configurationSets: string[];
  private readonly resources: string[];

  constructor(scope: Construct, id: string, { settings: { mail } }: { settings: Settings }) {
    super(scope, id);
    const { from } = mail;
    this.from = from;
    const accountBus = EventBus.fromEventBusName(this, 'AccountBus', 'default');
    const [plain, tracked] = [this.set('ConfigurationSet', outcomes), this.set('Tracked', [...outcomes, OPEN, CLICK])];
    for (const { set, events } of [plain, tracked])
      set.addEventDestination('Reports', { destination: EventDestination.eventBus(accountBus), events });
    const domain = from.slice(from.indexOf('@') + 1);
    const { emailIdentityArn } =
      mail.identity === 'own'
        ? new EmailIdentity(this, 'Identity', { identity: Identity.domain(domain), configurationSet: plain.set })
        : EmailIdentity.fromEmailIdentityName(this, 'Identity', domain);
    this.configurationSets = [plain, tracked].map(({ set }) => set.configurationSetName);
    const [MAIL_CONFIGURATION_SET, MAIL_TRACKING_SET] = this.configurationSets as [string, string];
    const MAIL_RECEIVED = mail.receives ? 'yes' : 'no';
    this.environment = { MAIL_CONFIGURATION_SET, MAIL_TRACKING_SET, MAIL_RECEIVED };
    const arnOf = (resourceName: string) =>
      plain.set.stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName });
    this.resources = [emailIdentityArn, ...this.configurationSets.map(arnOf)];
  }

  private set(id: string, events: EmailSendingEvent[]) {
    const set = new ConfigurationSet(this, id, {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    return { set, events };
  }

  grant(grantee: IGrantable) {
    allow(grantee, 'ses', ['SendEmail'], this.resources);
    // the list is of the account: no resource can be named
    allow(grantee, 'ses', ['DeleteSuppressedDestination'], ['*']);
  }
}
