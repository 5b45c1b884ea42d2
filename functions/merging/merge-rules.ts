import { entities } from '#declared/entities.ts';
import type { MergedPart, MovedPartition, MovedRecords } from '../shared/store/merge.ts';

/** the entities that declare a rule of one form for merges, by kind */
const declaring = <Rule extends object>(mark: keyof Rule & string) =>
  new Map(
    entities.flatMap(entity => {
      const { kind, onMerge } = entity;
      return typeof onMerge === 'object' && mark in onMerge ? [[kind, { entity, rule: onMerge as Rule }] as const] : [];
    }),
  );

export const parts = declaring<MergedPart<unknown>>('merge');
export const movedSingly = declaring<MovedRecords>('move');
export const partitions = [...declaring<MovedPartition>('partition').values()].map(({ rule }) => rule);

export const listed = entities
  .filter(({ onMerge, lists }) => (onMerge === 'follow' || onMerge === 'derived') && lists?.customer)
  .map(({ kind }) => kind);

const derived = new Set(entities.filter(({ onMerge }) => onMerge === 'derived').map(({ kind }) => kind));

export const isDerived = ({ kind }: { kind: string }) => derived.has(kind);
