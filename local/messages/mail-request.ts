import { type Input, required } from '../runtime/operations.ts';
import { AwsError } from '../runtime/service.ts';
import { bareAddress, type Captured } from './outbox.ts';

/** What SendEmail is to send, before SES adds its own headers. */
export type Mail = Omit<Captured, 'id' | 'at' | 'messageId' | 'channel' | 'raw'> & {
  configurationSet: string | undefined;
};

const bad = (message: string) => new AwsError('BadRequestException', message);

const addresses = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);

const headersOf = (headers: Input[]) => {
  if (headers.length > 15) throw bad('The number of headers exceeds 15.');
  return headers.map(({ Name: name, Value: value }) => {
    if (!/^[!-9;-~]{1,126}$/.test(name ?? '')) throw bad(`Header name <${name}> is not valid.`);
    if (!/^[\x20-\x7e]{1,870}$/.test(value ?? '')) throw bad(`Header value of <${name}> is not valid.`);
    return { name: name as string, value: value as string };
  });
};

const contentOf = ({ Simple }: Input) => {
  if (!Simple) throw bad('the local SES sends Simple content only, neither Raw nor Template');
  const { Subject, Body, Headers = [] } = Simple;
  if (!Subject?.Data || !(Body?.Text?.Data || Body?.Html?.Data)) throw bad('Subject and Body are required.');
  return {
    subject: Subject.Data as string,
    text: (Body.Text?.Data ?? '') as string,
    html: (Body.Html?.Data ?? '') as string,
    headers: headersOf(Headers),
  };
};

const tagsOf = (tags: { Name: string; Value: string }[]) => {
  for (const { Name, Value } of tags) {
    if (!/^[\w-]{1,256}$/.test(Name ?? '')) throw bad(`Tag name <${Name}> is not valid.`);
    if (!/^[\w.@-]{1,256}$/.test(Value ?? '')) throw bad(`Tag value <${Value}> is not valid.`);
  }
  return Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]));
};

const checkAddresses = (from: string, recipients: string[]) => {
  if (!recipients.length) throw bad('Recipient is required.');
  if (recipients.length > 50) throw bad('Recipient count exceeds 50.');
  const wrong = [from, ...recipients].find(address => !/^[^\s@<>,]+@[^\s@<>,]+$/.test(bareAddress(address)));
  if (wrong !== undefined) throw bad(`Missing final '@domain' or illegal address: ${wrong}`);
};

/** Reads a SendEmail request; throws SES's error for a wrong one. */
export const readMail = (input: Input): Mail => {
  required(input, 'Content');
  const { Content, Destination = {}, FromEmailAddress: from = '', ReplyToAddresses, EmailTags = [] } = input;
  const [to, cc, bcc] = ['To', 'Cc', 'Bcc'].map(kind => addresses(Destination[`${kind}Addresses`])) as [
    string[],
    string[],
    string[],
  ];
  checkAddresses(from, [...to, ...cc, ...bcc]);
  const tags = tagsOf(EmailTags);
  const { headers, ...content } = contentOf(Content);
  const own = { From: from, To: to.join(', '), Cc: cc.join(', '), Subject: content.subject };
  const all = Object.entries({ ...own, 'Reply-To': addresses(ReplyToAddresses).join(', ') });
  return {
    ...content,
    from,
    to,
    cc,
    bcc,
    headers: [...all.flatMap(([name, value]) => (value ? [{ name, value }] : [])), ...headers],
    tags,
    configurationSet: input.ConfigurationSetName,
  };
};
