import { texts } from '../customers/reads.ts';
import { caseTexts } from '../service/reads.ts';
import type { Scope } from '../shared/http/contract.ts';
import type { Store } from '../shared/store/store.ts';
import type { Text, TextRef } from '../shared/text/searchable-text.ts';
import { type KindName, kindNames } from './kind-names.ts';

type Kind = {
  /** what a caller must hold to be told of them */
  scope: Scope;
  /** prefixes of the ids of such records, and of their parts */
  prefixes: string[];
  /** as they are now, in any order, without those that are no more */
  read: (store: Store, refs: TextRef[]) => Promise<Text[]>;
};

/** What is searched. A kind more is a line more here, and the events that tell of it in the contract. */
export const kinds = {
  activity: { scope: 'customers.read', prefixes: ['act'], read: texts.activity },
  document: { scope: 'customers.read', prefixes: ['doc'], read: texts.document },
  need: { scope: 'customers.read', prefixes: ['need'], read: texts.need },
  commitment: { scope: 'customers.read', prefixes: ['cmt'], read: texts.commitment },
  case: { scope: 'service.read', prefixes: ['case', 'cmsg'], read: caseTexts },
} satisfies Record<KindName, Kind>;

const byPrefix = new Map(kindNames.flatMap(name => kinds[name].prefixes.map(prefix => [prefix, name])));

/** the kind of record that an id is of, or of a part of it */
export const kindOf = ({ id }: TextRef): KindName | undefined => byPrefix.get(id.slice(0, id.indexOf('_')));

/** texts by their references, as they are now: in the order asked, without those that are no more */
export const readTexts = async (store: Store, refs: TextRef[]): Promise<Text[]> => {
  const byKind = Map.groupBy(refs, kindOf);
  const found = await Promise.all(Array.from(byKind, ([kind, some]) => (kind ? kinds[kind].read(store, some) : [])));
  const byId = new Map(found.flat().map(text => [text.id, text]));
  return refs.flatMap(({ id }) => byId.get(id) ?? []);
};
