import * as z from 'zod';
import type { Entity } from '../../functions/shared/store/entity.ts';
import { type Contracts, capital, type Operation } from './operations.ts';

/** the schema of a list's items, when a reply is a page of them */
export const itemOf = (reply: z.ZodType) => {
  if (!(reply instanceof z.ZodObject) || !('nextCursor' in reply.shape)) return undefined;
  const { items } = reply.shape as Record<string, z.ZodType>;
  return items instanceof z.ZodArray ? (items.element as z.ZodType) : undefined;
};

const structured = (schema: z.ZodType) =>
  schema instanceof z.ZodObject || schema instanceof z.ZodUnion || schema instanceof z.ZodPipe;

/** types of TypeScript, which a generated type of that name would hide */
const reserved = ['Array', 'Date', 'Error', 'Function', 'Map', 'Object', 'Promise', 'Record', 'Set', 'Symbol'];

const naming = () => {
  const names = z.registry<{ id: string }>();
  const used = new Set<string>(reserved);
  const name = (schema: z.ZodType, ...candidates: string[]) => {
    if (!structured(schema) || names.has(schema)) return;
    const id = candidates.find(candidate => !used.has(candidate));
    if (!id) throw new Error(`All names for a schema are taken: ${candidates.join(', ')}`);
    used.add(id);
    names.add(schema, { id });
  };
  return { names, name };
};

const singular = (noun: string) => noun.replace(/ies$/, 'y').replace(/(?<=(ss|x|sh|ch))es$|(?<!s)s$/, '');

/** Names of reply schemas: as a contract exports them, as entities are called, or after the operation. */
export const replyNames = (contracts: Contracts, operations: Operation[]) => {
  const { names, name } = naming();
  const replies = new Set(operations.flatMap(({ route: { reply } }) => [reply, itemOf(reply) ?? reply]));
  for (const contract of Object.values(contracts)) {
    const entities = Object.values((contract.entities ?? {}) as Record<string, Entity>);
    for (const [exported, schema] of [
      ...Object.entries(contract),
      ...entities.map(({ kind, schema }) => [kind, schema] as const),
    ])
      if (replies.has(schema as z.ZodType)) name(schema as z.ZodType, capital(exported));
  }
  // a command such as qualifyLead may reply with another thing than its noun: it takes a name that is left
  const isCommand = ({ path }: Operation) => /\}\/[\w-]+$/.test(path);
  for (const operation of operations.toSorted((a, b) => Number(isCommand(a)) - Number(isCommand(b)))) {
    const full = capital(operation.name);
    const noun = capital(operation.name.replace(/^[a-z]+(?=[A-Z])/, ''));
    const item = itemOf(operation.route.reply);
    if (!item) name(operation.route.reply, noun, `${full}Reply`);
    else name(item, ...(singular(noun) === noun ? [] : [singular(noun)]), `${noun}Item`, `${full}Item`);
  }
  return names;
};

/** names of request bodies, after the first operation that takes them */
export const bodyNames = (operations: Operation[]) => {
  const { names, name } = naming();
  for (const operation of operations)
    if (operation.route.body) name(operation.route.body, `${capital(operation.name)}Body`);
  return names;
};
