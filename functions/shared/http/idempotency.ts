import { createHash } from 'node:crypto';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { env } from '../aws/env.ts';
import { type Item, main, placeKey } from '../store/entity.ts';
import { isRefusal, table } from '../store/table.ts';
import { subjectsOf, traceItem } from '../store/trace-items.ts';
import type { Step } from '../store/transaction.ts';
import { idempotencyReused, idempotencyRunning, replyErased } from './errors.ts';
import { type HttpReply, problem } from './http-reply.ts';

const keptHours = 48;
/** after this time the function of a running request has been stopped */
const lockSeconds = 35;

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

const later = (now: string, seconds: number) => Math.floor(Date.parse(now) / 1000) + seconds;

export type Claimed = {
  storeReply: (reply: HttpReply) => Step[];
  finish: (reply: HttpReply | undefined) => Promise<void>;
};

type Request = {
  tenant: string;
  actor: string;
  now: string;
  requestId: string;
  routeKey: string;
  key: string;
  body: string;
};

const running = () => idempotencyRunning(undefined, { retryAfter: 1 });

/** replaces a stored reply about an erased customer: the same request must not do its work again */
export const replyGone = (item: Item): Item => ({ ...item, reply: problem(replyErased(), String(item.lock)) });

const before = (bodyHash: string, old: Record<string, unknown>): HttpReply => {
  if (old.bodyHash !== bodyHash) throw idempotencyReused();
  if (!old.reply) throw running();
  const reply = old.reply as HttpReply;
  return { ...reply, headers: { ...reply.headers, 'idempotency-replayed': 'true' } };
};

/**
 * Claims an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07). Gives the first reply when there is one;
 * throws 422 for another body, 409 while the first request runs.
 */
export const claimIdempotencyKey = async (request: Request): Promise<HttpReply | Claimed> => {
  const { tenant, actor, now, requestId, routeKey, key } = request;
  const TableName = env.table();
  const Key = placeKey(tenant, { of: ['idempotency', hash(JSON.stringify([actor, routeKey, key]))], part: main });
  const bodyHash = hash(request.body);
  const held = {
    bodyHash,
    kind: 'idempotency',
    lock: requestId,
    lockedUntil: later(now, lockSeconds),
    expiresAt: later(now, keptHours * 3600),
  };
  const mine = {
    ConditionExpression: '#lock = :mine',
    ExpressionAttributeNames: { '#lock': 'lock' },
    ExpressionAttributeValues: { ':mine': requestId },
  };
  const replied = (reply: HttpReply) => ({ TableName, Item: { ...Key, ...held, lockedUntil: 0, reply }, ...mine });
  // a stored reply may be about a customer that is erased before it expires
  const traces = (reply: HttpReply) =>
    subjectsOf(`${request.body} ${reply.body}`).map(subject => ({
      TableName,
      Item: traceItem(tenant, subject, { ...Key, expiresAt: held.expiresAt }),
    }));
  try {
    await table(tenant).put({
      TableName,
      Item: { ...Key, ...held },
      ConditionExpression:
        'attribute_not_exists(pk) OR expiresAt <= :now OR (attribute_not_exists(reply) AND lockedUntil <= :now)',
      ExpressionAttributeValues: { ':now': later(now, 0) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  } catch (error) {
    if (!isRefusal(error, 'ConditionalCheckFailedException') || !error.Item) throw error;
    return before(bodyHash, unmarshall(error.Item));
  }
  return {
    storeReply: reply => [
      { write: { Put: replied(reply) }, failed: running },
      ...traces(reply).map(Put => ({ write: { Put }, failed: running })),
    ],
    finish: async reply => {
      for (const trace of reply ? traces(reply) : []) await table(tenant).put(trace);
      if (reply) await table(tenant).put(replied(reply));
      else await table(tenant).delete({ TableName, Key, ...mine });
    },
  };
};
