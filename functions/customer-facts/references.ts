import { type Condition, type Leaf, leavesOf } from '../shared/conditions/condition.ts';
import type { Store } from '../shared/store/store.ts';
import { entityOf } from './fact-records.ts';

/** an id in a condition, of a record of this kind */
type Reference = { kind: string; id: string; path: string };

/** the single conditions, those on the employer included */
export const everyLeaf = (condition: Condition | undefined): Leaf[] =>
  (condition ? leavesOf(condition) : []).flatMap(({ leaf }) => [
    leaf,
    ...('organisation' in leaf ? everyLeaf(leaf.organisation) : []),
  ]);

export const keyOf = ({ kind, id }: Reference) => `${kind} ${id}`;

const ofMessages = { campaignId: 'campaign', journeyId: 'journey', templateId: 'template' } as const;

export const referencesIn = (leaf: Leaf): Reference[] => {
  if ('segment' in leaf) return [{ kind: 'segment', id: leaf.segment, path: 'segment' }];
  if ('list' in leaf) return [{ kind: 'list', id: leaf.list, path: 'list' }];
  if (!('message' in leaf)) return [];
  return Object.entries(ofMessages).flatMap(([name, kind]) => {
    const id = leaf.message[name as keyof typeof ofMessages];
    return id === undefined ? [] : [{ kind, id, path: `message.${name}` }];
  });
};

const faultOf = async (store: Store, { kind, id }: Reference): Promise<string | undefined> => {
  const entity = entityOf(kind);
  const found = entity && ((await store.get(entity, { id })) as { kind?: string } | undefined);
  if (!found) return `there is no ${kind} ${id}`;
  return kind === 'list' && found.kind === 'dynamic' ? `${id} is a dynamic list: use its condition instead` : undefined;
};

/** what is wrong with the ids that conditions name, by kind and id */
export const missingIn = async (store: Store, conditions: (Condition | undefined)[]): Promise<Map<string, string>> => {
  const named = conditions.flatMap(condition => everyLeaf(condition).flatMap(referencesIn));
  const distinct = [...new Map(named.map(one => [keyOf(one), one])).values()];
  const faults = await Promise.all(distinct.map(one => faultOf(store, one)));
  return new Map(distinct.flatMap((one, nth) => (faults[nth] ? [[keyOf(one), faults[nth]] as const] : [])));
};
