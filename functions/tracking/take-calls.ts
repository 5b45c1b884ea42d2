import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isObject, type Json } from '../shared/json.ts';
import { countDropped } from './dropped.ts';
import type { Takes } from './inlets.ts';
import { type Around, type Message, messageOf, type Rejected } from './message.ts';
import { noteRejected } from './note-rejected.ts';
import { limits } from './read-body.ts';
import { refusedByVisitor } from './refused-by-visitor.ts';
import { rulesOf } from './rules-of.ts';
import { storeMessages } from './store-messages.ts';

const tooMany = (count: number): Rejected => ({
  index: limits.calls,
  type: 'batch',
  messageId: null,
  reason: `a batch of ${count} calls is rejected whole: more than ${limits.calls}`,
});

const readBatch = (body: Json, around: Around): (Message | Rejected)[] => {
  const { batch, sentAt = around.sentAt, context } = body;
  if (!Array.isArray(batch)) throw new ApiError('malformed', 'invalid_request', 'batch is not a list');
  if (batch.length > limits.calls) return [tooMany(batch.length)];
  return batch.map((call, index) => {
    const type = isObject(call) ? (call.type ?? call.action) : undefined;
    return messageOf(call, type, index, { ...around, sentAt, context });
  });
};

const isRejected = (one: Message | Rejected): one is Rejected => 'reason' in one;

/** Takes the calls of one request: stores what is valid, counts what visitors did not agree to, notes what is wrong. */
export const takeCalls = async (takes: Takes, body: Json, around: Around, ctx: Ctx & { inlet: string }) => {
  const read =
    takes === 'batch'
      ? readBatch(body, around)
      : [messageOf(body, takes, 0, { ...around, sentAt: body.sentAt ?? around.sentAt })];
  const { kept, ...rules } = await rulesOf(ctx.store);
  const valid = read.filter((one): one is Message => !isRejected(one));
  const messages = valid.filter(message => !refusedByVisitor(message, rules));
  const late = messages.length ? await storeMessages(messages, kept, ctx) : [];
  await countDropped(
    valid.flatMap(message => refusedByVisitor(message, rules) ?? []),
    ctx,
  );
  await noteRejected(ctx.inlet, [...read.filter(isRejected), ...late], ctx);
};
