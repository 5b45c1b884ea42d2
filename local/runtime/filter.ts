import { compile } from '../imports.ts';
import type { Properties } from '../template/properties.ts';

export type Filter = (record: unknown) => boolean;

/** The filter criteria of an event source mapping: any pattern that matches lets the record through; none lets all. */
export const filterOf = (criteria: Properties | undefined): Filter => {
  const patterns: Filter[] = (criteria?.Filters ?? []).map(({ Pattern }: Properties) =>
    compile(typeof Pattern === 'string' ? JSON.parse(Pattern) : Pattern),
  );
  return patterns.length ? record => patterns.some(matches => matches(record)) : () => true;
};
