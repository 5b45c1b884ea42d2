import type { DataOf } from '../../events/define.ts';
import type { messageRequested } from '../../events/message.ts';
import type { Template } from '../content/template.ts';
import { type Composed, compose } from '../shared/text/compose.ts';
import { LiquidFault } from '../shared/text/liquid.ts';

type Request = DataOf<typeof messageRequested>;

const mostBytes = 300_000;

type Content = { channel: string; subject?: string | undefined; body: string };

export const contentOf = (request: Request, template: Template | undefined): Content | { fault: string } => {
  const { channel, content, templateId } = request;
  if (content) return { channel, ...content };
  if (!template) return { fault: templateId ? `there is no template ${templateId}` : 'neither a template nor content' };
  if (template.channel !== channel) return { fault: `the template is for ${template.channel}, not ${channel}` };
  return template;
};

/** The content as the customer will see it, or why it cannot be rendered. Pure. */
export const rendered = (
  content: Content,
  scope: Record<string, unknown>,
  unsubscribeUrl: string | null,
): Composed | { fault: string } => {
  try {
    const composed = compose(content, { ...scope, unsubscribeUrl }, unsubscribeUrl ?? undefined);
    if (content.channel === 'email' && !composed.subject) return { fault: 'the subject comes out empty' };
    if (!composed.text.trim() && !composed.html) return { fault: 'the body comes out empty' };
    const bytes = Buffer.byteLength(`${composed.html ?? ''}${composed.text}`);
    return bytes > mostBytes ? { fault: `comes out larger than ${mostBytes} bytes` } : composed;
  } catch (error) {
    if (error instanceof LiquidFault) return { fault: `cannot be rendered: ${error.message}` };
    throw error;
  }
};
