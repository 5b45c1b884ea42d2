import { type Told, world } from '../world.ts';

type Letter = {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  id?: string;
  headers?: Record<string, string>;
};

let letters = 0;

/** a raw mail with CRLF */
export const letter = ({
  from = 'Ada <ada@customer.example>',
  to = '',
  subject = 'Kettle',
  text = 'It leaks.',
  ...rest
}: Letter = {}) => {
  const headers = {
    From: from,
    To: to,
    Subject: subject,
    Date: 'Mon, 15 Jun 2026 09:00:00 +0000',
    'Message-ID': rest.id ?? `<l${++letters}.${Date.now()}@customer.example>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...rest.headers,
  };
  return `${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`;
};

/** a company with a mailbox, and the post */
export const mailWorld = async () => {
  const crm = await world();
  const mailbox = `support@${crm.tenant}.example`;
  const put = await crm.ask('PUT /v1/mailboxes/{address}', { params: { address: mailbox }, body: {} });
  if (put.status !== 201) throw new Error(JSON.stringify(put.body));
  const post = async (raw: string | Uint8Array, to = mailbox): Promise<Told['body']> => {
    const reply = await fetch(`${crm.url}/_local/inbound?to=${encodeURIComponent(to)}`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822' },
      body: typeof raw === 'string' ? raw : new Uint8Array(raw),
    });
    const body = (await reply.json()) as object;
    return reply.status === 200 ? body : { ...body, status: reply.status };
  };
  const messages = async (caseId: string) =>
    (await crm.ask('GET /v1/cases/{id}/messages', { params: { id: caseId } })).body.items;
  const readCase = async (id: string) => (await crm.ask('GET /v1/cases/{id}', { params: { id } })).body;
  return { ...crm, mailbox, post, messages, readCase };
};
