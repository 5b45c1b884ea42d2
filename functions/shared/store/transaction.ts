import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { detailOf } from '../../../events/define.ts';
import { newId } from '../../../events/ids.ts';
import type { Change, Emitted } from './changes.ts';
import {
  type AnyEntity,
  claimsOf,
  entriesOf,
  eventPart,
  expiryOf,
  type Item,
  itemOf,
  main,
  placeKey,
} from './entity.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction, and what to throw when its condition fails (`old` is the item that was in the way). */
export type Step = {
  write: Write;
  failed: (old: Item | undefined) => Error;
  gives?: string;
  takes?: string;
};

/** Another writer changed a record that was read: read again and decide again. */
export class VersionConflict extends Error {}

export class AlreadyExists extends VersionConflict {}

export type Writer = { tenant: string; actor: string; now: string; tableName: string; cause?: string; issuer?: string };

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

const changed = () => new VersionConflict('the record was changed by another request');

/** there is nothing under the key, or what has expired and waits to be deleted, which takes up to some days */
export const absent = (now: string) => ({
  ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
  ExpressionAttributeValues: { ':now': seconds(now) },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const putStep = (TableName: string, Item: Item, guard: object = {}, failed: Step['failed'] = changed): Step => ({
  write: { Put: { TableName, Item, ...guard } },
  failed,
});

const deleteStep = (TableName: string, { pk, sk }: { pk: string; sk: string }, guard = {}): Step => ({
  write: { Delete: { TableName, Key: { pk, sk }, ...guard } },
  failed: changed,
});

export const versionIs = (version: number | undefined) =>
  version === undefined
    ? { ConditionExpression: 'attribute_exists(pk)' }
    : { ConditionExpression: 'doc.version = :was', ExpressionAttributeValues: { ':was': version } };

type Versioned = { id?: string; version?: number } | undefined;

export const entryItem = (entity: AnyEntity, key: Pick<Item, 'pk' | 'sk'>, of: Versioned): Item => ({
  ...key,
  kind: 'entry',
  holder: of?.id,
  ...expiryOf(entity, of),
});

/** what changes in claims and lookup entries between two values of a record */
const satellites = ({ tenant, tableName, now }: Writer, entity: AnyEntity, before: Versioned, after: Versioned) => {
  const steps: Step[] = [];
  const holder = (after ?? before)?.id;
  const [claimed, claims] = [claimsOf(tenant, entity, before), claimsOf(tenant, entity, after)];
  for (const [value, { pk, sk, taken }] of claims) {
    if (claimed.has(value)) continue;
    const failed: Step['failed'] = old => taken(undefined, { extra: { holder: old?.holder } });
    const claim = { pk, sk, kind: 'claim', holder, ...expiryOf(entity, after) };
    steps.push({ ...putStep(tableName, claim, absent(now), failed), takes: pk });
  }
  for (const [value, key] of claimed) {
    if (!claims.has(value)) steps.push({ ...deleteStep(tableName, key), gives: key.pk });
  }
  const [listed, entries] = [entriesOf(tenant, entity, before), entriesOf(tenant, entity, after)];
  for (const [value, key] of entries) {
    if (!listed.has(value)) steps.push(putStep(tableName, entryItem(entity, key, after)));
  }
  for (const [value, key] of listed) if (!entries.has(value)) steps.push(deleteStep(tableName, key));
  return steps;
};

export const eventItem = (writer: Writer, emitted: Emitted): Item => {
  const { event, customerId, about, data, at, until, quiet, past } = emitted;
  const id = emitted.id ?? newId(at ? 'timer' : 'event', writer.now);
  const occurredAt = at ?? emitted.occurredAt ?? writer.now;
  const detail = detailOf(event.data).parse({
    id,
    tenant: writer.tenant,
    occurredAt,
    customerId,
    actor: writer.actor,
    ...(writer.issuer ? { issuer: writer.issuer } : {}),
    about,
    data,
  });
  const common = { type: event.name, doc: detail, ...(writer.cause ? { cause: writer.cause } : {}) };
  const source = `rapport.${event.context}`;
  if (at) {
    const expiresAt = seconds(at) + 7 * 86_400;
    return {
      ...placeKey(writer.tenant, { of: ['timer', id], part: main }),
      kind: 'timer',
      dueAt: at,
      source,
      ...common,
      expiresAt,
    };
  }
  // with a token that staff had issued, it is not the customer who acts
  const by = writer.issuer ? 'issuer' : event.by;
  const contact = typeof event.contact === 'function' ? event.contact(detail.data as never) : event.contact;
  const of: [string, string] = emitted.of ?? (customerId ? ['customer', customerId] : ['log', about]);
  return {
    ...placeKey(writer.tenant, { of, part: eventPart(emitted.sortedAt ?? occurredAt, id) }),
    kind: 'event',
    source,
    publish: true,
    ...(past ? { past } : {}),
    ...(contact && by !== 'issuer' ? { contact } : {}),
    ...(by === 'system' || by === 'issuer' ? { by } : {}),
    ...common,
    ...(quiet ? { quiet } : {}),
    ...(until ? { expiresAt: seconds(until) } : {}),
  };
};

const addStep = ({ tenant, tableName }: Writer, given: Extract<Change, { do: 'add' }>): Step => {
  const { counters, part = main, by } = given;
  const names = Object.keys(by);
  return {
    write: {
      Update: {
        TableName: tableName,
        Key: placeKey(tenant, { of: counters, part }),
        UpdateExpression: `ADD ${names.map((_, nth) => `#n${nth} :n${nth}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name, nth) => [`#n${nth}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name, nth) => [`:n${nth}`, by[name]])),
      },
    },
    failed: changed,
  };
};

/** Translates one change into the writes of a transaction. Pure. */
export const stepsOf = (writer: Writer, change: Change): Step[] => {
  const { tenant, tableName } = writer;
  switch (change.do) {
    case 'insert': {
      const { entity, value } = change;
      const there = () => new AlreadyExists(`${entity.kind} exists`);
      const item = itemOf(tenant, entity, value);
      return [
        putStep(tableName, item, absent(writer.now), there),
        ...satellites(writer, entity, undefined, value as Versioned),
      ];
    }
    case 'put':
      return [putStep(tableName, itemOf(tenant, change.entity, change.value))];
    case 'update': {
      const { entity } = change;
      const [before, after] = [change.before as Versioned, change.after as Versioned];
      const step = putStep(tableName, itemOf(tenant, entity, after), versionIs(before?.version));
      return [step, ...satellites(writer, entity, before, after)];
    }
    case 'remove': {
      const { entity } = change;
      const before = change.before as Versioned;
      const step = deleteStep(tableName, placeKey(tenant, entity.key(before)), versionIs(before?.version));
      return [step, ...satellites(writer, entity, before, undefined)];
    }
    case 'drop':
      return [deleteStep(tableName, change.item)];
    case 'replace':
      return [putStep(tableName, change.item, versionIs(undefined))];
    case 'emit':
      return [putStep(tableName, eventItem(writer, change), absent(writer.now))];
    case 'add':
      return [addStep(writer, change)];
  }
};

/**
 * A unique value that one record releases and another claims is transferred by one write: a transaction touches an item once.
 * The version of the first record proves that it held the value.
 */
export const transferClaims = (steps: Step[]): Step[] => {
  const given = new Set(steps.flatMap(({ gives }) => gives ?? []));
  const taken = new Set(steps.flatMap(({ takes }) => takes ?? []));
  return steps
    .filter(({ gives }) => gives === undefined || !taken.has(gives))
    .map(step => {
      const { TableName, Item } = step.write.Put ?? {};
      return step.takes !== undefined && given.has(step.takes) && Item
        ? putStep(TableName as string, Item as Item)
        : step;
    });
};

/** Of several writes of one item that need nothing to hold, the last: a transaction touches an item once. */
export const lastPuts = (steps: Step[]): Step[] => {
  const keyOf = ({ write: { Put } }: Step) =>
    Put && Put.ConditionExpression === undefined ? `${Put.Item?.pk} ${Put.Item?.sk}` : undefined;
  const last = new Map(steps.flatMap((step, nth) => (keyOf(step) ? [[keyOf(step), nth] as const] : [])));
  return steps.filter((step, nth) => (last.get(keyOf(step)) ?? nth) === nth);
};
