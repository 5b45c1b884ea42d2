import { randomUUID } from 'node:crypto';
import { answer, type Input } from '../runtime/operations.ts';
import type { Service } from '../runtime/service.ts';
import type { Outbox } from './outbox.ts';

const ofThisMachine = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

const patience = 10_000;

/** Requests to other systems: captured in the outbox; only those to this machine are made as well. */
export function outboundService(outbox: Outbox) {
  const post = async ({ url, headers, body, tags }: Input) => {
    outbox.add({
      channel: 'webhook',
      from: '',
      to: [url],
      cc: [],
      bcc: [],
      subject: '',
      headers: Object.entries(headers as Record<string, string>).map(([name, value]) => ({ name, value })),
      text: body,
      html: '',
      tags,
      messageId: randomUUID(),
      raw: body,
      url,
      body,
    });
    if (!ofThisMachine.test(new URL(url).hostname)) return { status: 200, text: '' };
    const { 'content-length': _, ...sent } = headers as Record<string, string>;
    const options = { method: 'POST', headers: sent, body, redirect: 'manual' } as const;
    const reply = await fetch(url, { ...options, signal: AbortSignal.timeout(patience) }).catch(() => undefined);
    return reply ? { status: reply.status, text: '' } : { status: 503, text: '' };
  };

  return {
    name: 'outbound',
    types: [],
    provide: () => ({ ref: '', attributes: {} }),
    call: (operation: string, input: Input) => answer({ Post: post }, 'Outbound', operation, input),
  } satisfies Service;
}
