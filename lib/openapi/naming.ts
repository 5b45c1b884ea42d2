import * as z from 'zod';
import type { Entity } from '../../functions/shared/store/entity.ts';
import type { Contracts, Operation } from './declared.ts';

export const capital = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);

/** `findCustomers` -> `Customers` */
const nounOf = (name: string) => capital(name.replace(/^[a-z]+(?=[A-Z])/, ''));

const singular = (noun: string) => noun.replace(/ies$/, 'y').replace(/(?<=(ss|x|sh|ch))es$|(?<!s)s$/, '');

/** the schema of a list's items, when a reply is a page of one */
export const itemOf = (reply: z.ZodType) => {
  if (!(reply instanceof z.ZodObject) || !('nextCursor' in reply.shape)) return undefined;
  const { items } = reply.shape as Record<string, z.ZodType>;
  return items instanceof z.ZodArray ? (items.element as z.ZodType) : undefined;
};

const structured = (schema: z.ZodType) =>
  schema instanceof z.ZodObject || schema instanceof z.ZodUnion || schema instanceof z.ZodPipe;

/** names that TypeScript's own types have: a client's type of that name would hide them */
const known = ['Array', 'Date', 'Error', 'Function', 'Map', 'Object', 'Promise', 'Record', 'Set', 'Symbol'];

/** gives each schema the first of its names that no other has */
const namer = () => {
  const names = z.registry<{ id: string }>();
  const used = new Set<string>(known);
  const name = (schema: z.ZodType, candidates: string[]) => {
    if (!structured(schema) || names.has(schema)) return;
    const id = candidates.find(candidate => !used.has(candidate));
    if (!id) throw new Error(`no name is left for a schema among ${candidates.join(', ')}`);
    used.add(id);
    names.add(schema, { id });
  };
  return { names, name };
};

/** names of what is answered: a contract's exported schemas and entities by theirs, the rest by their routes */
export const replyNames = (contracts: Contracts, operations: Operation[]) => {
  const { names, name } = namer();
  const answered = new Set(operations.flatMap(({ route: { reply } }) => [reply, itemOf(reply) ?? reply]));
  for (const contract of Object.values(contracts)) {
    for (const [exported, schema] of Object.entries(contract)) {
      if (answered.has(schema as z.ZodType)) name(schema as z.ZodType, [exported]);
    }
    for (const { kind, schema } of Object.values((contract.entities ?? {}) as Record<string, Entity>)) {
      if (answered.has(schema)) name(schema, [capital(kind)]);
    }
  }
  // a command such as qualifyLead may answer with another thing than its noun: it takes what name is left
  const commands = operations.filter(({ path }) => /\}\/[\w-]+$/.test(path));
  for (const { name: operation, route } of [...operations.filter(one => !commands.includes(one)), ...commands]) {
    const item = itemOf(route.reply);
    const noun = nounOf(operation);
    const full = capital(operation);
    if (item) name(item, [...(singular(noun) === noun ? [] : [singular(noun)]), `${noun}Item`, `${full}Item`]);
    else name(route.reply, [noun, `${full}Reply`]);
  }
  return names;
};

/** names of what is sent, by the first route that takes it */
export const bodyNames = (operations: Operation[]) => {
  const { names, name } = namer();
  for (const { name: operation, route } of operations) if (route.body) name(route.body, [`${capital(operation)}Body`]);
  return names;
};
