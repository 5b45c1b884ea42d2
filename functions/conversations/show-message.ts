import type { Case, CaseMessage, Letter } from '../service/cases/case.ts';
import { env } from '../shared/aws/env.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { ShownMessage } from './shown-message.ts';

const linkTo = (tenant: string, path: string | null, filename: string) =>
  path === null ? null : filesOf(tenant).downloadUrl(path, { filename });

const directions = { inbound: 'inbound', reply: 'outbound', note: 'note' } as const;

type Message = Omit<CaseMessage, 'id' | 'caseId'> & { id: string; caseId: Case['id'] | null };

/** what is known of a message that came without one: by the API, or of an agent */
const plainLetter = (
  { kind }: Message,
  { channel = 'api', from = null, mailbox = null, subject = '' }: Partial<Case>,
): Letter => {
  const customer = from ? [from] : [];
  const company = { email: mailbox ?? env.mailFrom(), name: '' };
  return {
    channel,
    from: kind === 'inbound' ? from : kind === 'reply' ? company : null,
    to: kind === 'reply' ? customer : [],
    subject,
    ...{ cc: [], html: null, quoted: '', attachments: [], automatic: null, calendar: null, raw: null },
  };
};

export const shownMessage = async (
  tenant: string,
  message: Message,
  one: Partial<Case> = {},
): Promise<ShownMessage> => {
  const { letter = plainLetter(message, one), ...rest } = message;
  const { attachments, raw, ...shown } = letter;
  const links = attachments.map(async ({ path, ...file }) => ({ ...file, url: await linkTo(tenant, path, file.name) }));
  return {
    ...rest,
    ...shown,
    direction: directions[message.kind],
    text: message.body,
    attachments: await Promise.all(links),
    rawUrl: await linkTo(tenant, raw, 'message.eml'),
  };
};
