import { AwsError } from '../service.ts';
import { headerValue, readRawMail } from './mime.ts';
import { type Input, required } from './operations.ts';
import { bareAddress, type Captured } from './outbox.ts';

/** What SendEmail was asked to send, before SES adds its own headers. */
export type Mail = Omit<Captured, 'id' | 'at' | 'messageId' | 'channel'> & { configurationSet: string | undefined };

const bad = (message: string) => new AwsError('BadRequestException', message);

const addresses = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
const listed = (value = '') =>
  value.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).flatMap(part => (part.trim() ? [part.trim()] : []));

const checkHeaders = (headers: Input[]) => {
  if (headers.length > 15) throw bad('The number of headers exceeds 15.');
  for (const { Name, Value } of headers) {
    if (!/^[!-9;-~]{1,126}$/.test(Name ?? '')) throw bad(`Header name <${Name}> is not valid.`);
    if (!Value || Value.length > 870 || /[^\x20-\x7e]/.test(Value))
      throw bad(`Header value of <${Name}> is not valid.`);
  }
};

const simple = ({ Simple, Template }: Input) => {
  if (Template || !Simple) throw bad('the local SES sends Simple and Raw content; templates of SES are not kept here');
  const { Subject, Body, Headers = [] } = Simple;
  if (!Subject?.Data || !(Body?.Text?.Data || Body?.Html?.Data)) throw bad('Subject and Body are required.');
  checkHeaders(Headers);
  const headers = (Headers as { Name: string; Value: string }[]).map(({ Name: name, Value: value }) => ({
    name,
    value,
  }));
  return {
    subject: Subject.Data as string,
    text: (Body.Text?.Data ?? '') as string,
    html: (Body.Html?.Data ?? '') as string,
    headers,
  };
};

const tagsOf = (tags: { Name: string; Value: string }[]) => {
  for (const { Name, Value } of tags) {
    if (!/^[\w-]{1,256}$/.test(Name ?? '')) throw bad(`Tag name <${Name}> is not valid.`);
    if (!/^[\w.@-]{1,256}$/.test(Value ?? '')) throw bad(`Tag value <${Value}> is not valid.`);
  }
  return Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]));
};

const ownHeaders = (from: string, to: string[], cc: string[], subject: string, replyTo: string[]) => [
  { name: 'From', value: from },
  { name: 'To', value: to.join(', ') },
  ...(cc.length ? [{ name: 'Cc', value: cc.join(', ') }] : []),
  { name: 'Subject', value: subject },
  ...(replyTo.length ? [{ name: 'Reply-To', value: replyTo.join(', ') }] : []),
];

const rawTags = (header = '') => {
  const pairs = listed(header).map(pair => pair.split('='));
  return tagsOf(pairs.map(([Name = '', Value = '']) => ({ Name: Name.trim(), Value: Value.trim() })));
};

const fromRaw = (data: string) => {
  const { headers, text, html } = readRawMail(data);
  const value = (name: string) => headerValue(headers, name);
  const [to, cc, bcc] = ['To', 'Cc', 'Bcc'].map(name => listed(value(name)));
  const set = { configurationSet: value('X-SES-CONFIGURATION-SET'), tags: rawTags(value('X-SES-MESSAGE-TAGS')) };
  // SES takes its own instructions out of what it sends
  const sent = headers.filter(({ name }) => !/^(bcc|x-ses-)/i.test(name));
  return {
    from: value('From') ?? '',
    to: to!,
    cc: cc!,
    bcc: bcc!,
    subject: value('Subject') ?? '',
    headers: sent,
    text,
    html,
    ...set,
  };
};

const checkRecipients = ({ to, cc, bcc, from }: Pick<Mail, 'to' | 'cc' | 'bcc' | 'from'>) => {
  const recipients = [...to, ...cc, ...bcc];
  if (!recipients.length) throw bad('Recipient is required.');
  if (recipients.length > 50) throw bad('Recipient count exceeds 50.');
  const wrong = [from, ...recipients].find(address => !/^[^\s@<>,]+@[^\s@<>,]+$/.test(bareAddress(address)));
  if (wrong !== undefined) throw bad(`Missing final '@domain' or illegal address: ${wrong}`);
};

/** Reads a SendEmail request; throws SES's refusal of a wrong one. */
export const readMail = (input: Input): Mail => {
  required(input, 'Content');
  const { Content, Destination = {}, FromEmailAddress, ReplyToAddresses, EmailTags = [], ConfigurationSetName } = input;
  const [to, cc, bcc] = ['To', 'Cc', 'Bcc'].map(kind => addresses(Destination[`${kind}Addresses`]));
  const named = { to: to!, cc: cc!, bcc: bcc! };
  const given = Content.Raw ? fromRaw(Content.Raw.Data) : undefined;
  const recipients =
    given && ![to, cc, bcc].some(list => list?.length) ? { to: given.to, cc: given.cc, bcc: given.bcc } : named;
  const from = FromEmailAddress ?? given?.from ?? '';
  checkRecipients({ ...recipients, from });
  const tags = { ...given?.tags, ...tagsOf(EmailTags) };
  const configurationSet = ConfigurationSetName ?? given?.configurationSet;
  if (given) return { ...given, ...recipients, from, tags, configurationSet };
  const { headers, ...content } = simple(Content);
  const own = ownHeaders(from, named.to, named.cc, content.subject, addresses(ReplyToAddresses));
  return { ...content, ...recipients, from, headers: [...own, ...headers], tags, configurationSet };
};
