import { identityProofSecrets, isProof } from '../identities/identity-proof.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isObject, type Json } from '../shared/json.ts';
import { countDropped } from './dropped-calls.ts';
import type { Accepts } from './endpoints.ts';
import { malformed } from './errors.ts';
import { type CallContext, type Message, messageOf, type Rejected } from './message.ts';
import { limits } from './read-body.ts';
import { flagged, refusalOf, rulesOf } from './recording-rules.ts';
import { recordRejections } from './rejection.ts';
import { storeMessages } from './store-messages.ts';

const tooMany = (count: number): Rejected => ({
  index: limits.calls,
  type: 'batch',
  messageId: null,
  reason: `the batch has ${count} calls and is rejected as a whole: the limit is ${limits.calls}`,
});

const readBatch = (body: Json, common: CallContext): (Message | Rejected)[] => {
  const { batch, sentAt = common.sentAt, context } = body;
  if (!Array.isArray(batch)) throw malformed('batch is not a list');
  if (batch.length > limits.calls) return [tooMany(batch.length)];
  return batch.map((call, index) => {
    const type = isObject(call) ? (call.type ?? call.action) : undefined;
    return messageOf(call, type, index, { ...common, sentAt, context });
  });
};

const isRejected = (one: Message | Rejected): one is Rejected => 'reason' in one;

/** the calls with their proofs checked; a forged one is rejected */
const checkProofs = async (messages: (Message | Rejected)[], { store, now }: Ctx): Promise<(Message | Rejected)[]> => {
  if (!messages.some(one => !isRejected(one) && one.proof)) return messages;
  const secret = await store.get(identityProofSecrets, {});
  if (!secret) return messages;
  return messages.map(message => {
    if (isRejected(message) || !message.proof) return message;
    const { index, kind: type, identity, data, proof } = message;
    if (isProof(secret, identity.value, proof, now)) return { ...message, data: { ...data, proven: true } };
    return { index, type, messageId: null, reason: 'context.proof is not the signature of the userId' };
  });
};

/** Stores the valid calls of a request, counts those without consent or by crawlers, and records the rejected ones. */
export const ingestCalls = async (
  accepts: Accepts,
  body: Json,
  common: CallContext,
  ctx: Ctx & { endpoint: string },
) => {
  const read =
    accepts === 'batch'
      ? readBatch(body, common)
      : [messageOf(body, accepts, 0, { ...common, sentAt: body.sentAt ?? common.sentAt })];
  const parsed = await checkProofs(read, ctx);
  const rules = await rulesOf(ctx.store);
  const valid = parsed.filter((one): one is Message => !isRejected(one));
  const refusals = valid.map(message => refusalOf(message, rules, common.client));
  const recorded = valid.filter((_, nth) => refusals[nth] === undefined);
  const messages = recorded.map(message => flagged(message, common.client));
  const late = messages.length ? await storeMessages(messages, rules, ctx) : [];
  const reasons = refusals.filter(reason => reason !== undefined);
  await countDropped(reasons, ctx);
  await recordRejections(ctx.endpoint, [...parsed.filter(isRejected), ...late], ctx);
};
