import { randomUUID } from 'node:crypto';
import { ours } from '../events/put-events.ts';
import { arnOf } from '../runtime/arn.ts';
import { atomically } from '../runtime/atomically.ts';
import { answer, type Input, type Operations } from '../runtime/operations.ts';
import { AwsError, type Platform, type Provided, type Service } from '../runtime/service.ts';
import { concerns } from '../runtime/tenant.mjs';
import { type MailEvent, mailEvents, type Report, reportEvent } from './mail-events.ts';
import { readMail } from './mail-request.ts';
import { mimeOf } from './mime.ts';
import { bareAddress, type Outbox } from './outbox.ts';

type Destination = { set: string; kinds: Set<string>; bus: string };

const schema = `CREATE TABLE IF NOT EXISTS mail_events (id INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT);
CREATE TABLE IF NOT EXISTS mail_sets (messageId TEXT PRIMARY KEY, name TEXT)`;

const kindOf = (name: string) => name.toLowerCase().replaceAll('_', '');

/** SESv2: puts mail of the template's identities into the outbox and events of it on the bus. */
export function mailService(platform: Platform, outbox: Outbox) {
  const { db, clock } = platform;
  db.exec(schema);
  const insert = db.prepare('INSERT INTO mail_events (entry) VALUES (?)');
  const stored = db.prepare('SELECT id, entry FROM mail_events ORDER BY id LIMIT 10');
  const remove = db.prepare('DELETE FROM mail_events WHERE id<=?');
  const keepSet = db.prepare('INSERT INTO mail_sets VALUES (?,?)');
  const setOf = db.prepare('SELECT name FROM mail_sets WHERE messageId=?');
  const entries = db.prepare('SELECT entry FROM mail_events');
  const identities = new Map<string, { set: string | undefined }>();
  const sets = new Set<string>();
  const destinations: Destination[] = [];
  let [running, publishing] = [false, false];

  const unpublished = () => (running ? (stored.all() as { id: number; entry: string }[]) : []);

  /** publishes what is stored, in order; each call's events are deleted only once the bus has them */
  const publish = async () => {
    if (publishing || !running) return;
    publishing = true;
    try {
      for (let events = unpublished(); events.length; events = unpublished()) {
        const Entries = events.map(({ entry }) => JSON.parse(entry) as MailEvent);
        await platform.call('events', 'PutEvents', { Entries, [ours]: true });
        if (running) remove.run(events.at(-1)!.id);
      }
    } catch (error) {
      platform.warn(`mail events wait until the next mail: ${error instanceof Error ? error.message : error}`);
    } finally {
      publishing = false;
    }
  };

  /** the identity that vouches for a sender: its address, its domain or a domain above */
  const identityOf = (from: string) => {
    const address = bareAddress(from).toLowerCase();
    const domain = address.split('@')[1] ?? '';
    const above = domain.split('.').map((_, index, labels) => labels.slice(index).join('.'));
    const name = [address, ...above].find(candidate => identities.has(candidate));
    if (name !== undefined) return identities.get(name)!;
    const where = `in region ${platform.region.toUpperCase()}: ${bareAddress(from)}`;
    throw new AwsError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check ${where}`,
    );
  };

  const store = (set: string, { kind, entry }: ReturnType<typeof reportEvent>) => {
    const listening = destinations.filter(destination => destination.set === set && destination.kinds.has(kind));
    for (const { bus } of listening) insert.run(JSON.stringify(entry(bus)));
    return listening.length > 0;
  };

  /** what the provider reports of a mail later; whether somebody listens for it */
  const report = (messageId: string, given: Omit<Report, 'at'>): boolean | undefined => {
    const mail = outbox.find(messageId);
    const set = (setOf.get(messageId) as { name: string } | undefined)?.name;
    if (!mail || set === undefined) return undefined;
    // a person takes a minute
    const at = new Date(Math.max(clock.now(), Date.parse(mail.at) + 60_000)).toISOString();
    const isHeard = store(set, reportEvent(platform, mail, set, { ...given, at }));
    void publish();
    return isHeard;
  };

  const send = (input: Input) => {
    const { configurationSet, ...mail } = readMail(input);
    const identity = identityOf(mail.from);
    const set = configurationSet ?? identity.set;
    if (set !== undefined && !sets.has(set))
      throw new AwsError('NotFoundException', `Configuration set <${set}> does not exist.`, 404);
    const messageId = `0107${clock.now().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
    const id = { name: 'Message-ID', value: `<${messageId}@${platform.region}.amazonses.com>` };
    const headers = [...mail.headers, { name: 'Date', value: new Date(clock.now()).toUTCString() }, id];
    atomically(db, () => {
      const raw = mimeOf({ ...mail, headers, messageId });
      const captured = outbox.add({ ...mail, headers, channel: 'email', messageId, raw });
      if (set === undefined) return;
      keepSet.run(messageId, set);
      for (const event of mailEvents(platform, captured, set)) store(set, event);
    });
    void publish();
    return { MessageId: messageId };
  };

  /** there is no list of suppressed addresses here: none is on it */
  const release = ({ EmailAddress }: Input) => {
    throw new AwsError(
      'NotFoundException',
      `Email address ${EmailAddress} does not exist on your suppression list.`,
      404,
    );
  };

  const operations: Operations = { SendEmail: send, DeleteSuppressedDestination: release };

  const provide: Record<string, (logicalId: string, properties: Input) => Provided> = {
    'AWS::SES::EmailIdentity': (_logicalId, { EmailIdentity, ConfigurationSetAttributes }) => {
      identities.set(EmailIdentity.toLowerCase(), { set: ConfigurationSetAttributes?.ConfigurationSetName });
      const tokens = [1, 2, 3].flatMap(n => [
        [`DkimDNSTokenName${n}`, `token${n}._domainkey.${EmailIdentity}`],
        [`DkimDNSTokenValue${n}`, `token${n}.dkim.amazonses.com`],
      ]);
      const EmailIdentityArn = arnOf(platform, 'ses', `identity/${EmailIdentity}`);
      return { ref: EmailIdentity, attributes: { ...Object.fromEntries(tokens), EmailIdentityArn } };
    },
    'AWS::SES::ConfigurationSet': (logicalId, { Name = logicalId }) => {
      sets.add(Name);
      return { ref: Name, attributes: { Arn: arnOf(platform, 'ses', `configuration-set/${Name}`) } };
    },
    'AWS::SES::ConfigurationSetEventDestination': (logicalId, { ConfigurationSetName: set, EventDestination }) => {
      const { Name = logicalId, Enabled = true, MatchingEventTypes = [], EventBridgeDestination } = EventDestination;
      const on = String(Enabled) === 'true' && EventBridgeDestination;
      if (on)
        destinations.push({
          set,
          kinds: new Set(MatchingEventTypes.map(kindOf)),
          bus: EventBridgeDestination.EventBusArn,
        });
      else platform.warn(`SES event destination ${Name} does nothing here: only enabled EventBridge destinations do`);
      return { ref: `${set}|${Name}`, attributes: { Id: `${set}|${Name}` } };
    },
  };

  const service = {
    name: 'ses',
    types: Object.keys(provide),
    provide: async (logicalId: string, type: string, properties: Input) => provide[type]!(logicalId, properties),
    start() {
      running = true;
      void publish();
    },
    stop() {
      running = false;
    },
    call: (operation: string, input: Input) => answer(operations, 'SESv2', operation, input),
    pending: (tenant?: string) => entries.all().filter(({ entry }) => concerns(String(entry), tenant)).length,
  } satisfies Service;
  return { ...service, report };
}
