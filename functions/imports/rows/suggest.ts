import * as z from 'zod';
import { searchable } from '../../shared/text/search-form.ts';
import type { RowSchema } from './row-schemas.ts';

/** paths by their names in other systems and languages, without capitals and punctuation */
export const byWord = (synonyms: Record<string, string>) =>
  new Map(Object.entries(synonyms).flatMap(([path, words]) => words.split(' ').map(word => [word, path])));

export const bare = (column: string) => searchable(column).replace(/[^a-z0-9]/g, '');

export type ValueShape = { path: string; matches: (value: string) => boolean; words: string };

export const Suggestion = z.object({
  column: z.string(),
  path: z.string(),
  confidence: z.number(),
  reason: z.string(),
});
export type Suggestion = z.output<typeof Suggestion>;

type Paths = Pick<RowSchema, 'fieldAt' | 'words' | 'shapes' | 'otherwise' | 'settle'>;

const suggestOne = (column: string, values: string[], paths: Paths): Suggestion[] => {
  if (paths.fieldAt(column)) return [{ column, path: column, confidence: 1, reason: 'is the name of an attribute' }];
  const path = paths.words.get(bare(column));
  if (path) return [{ column, path, confidence: 0.95, reason: `is another name of ${path}` }];
  const shape = values.length >= 3 && paths.shapes.find(({ matches }) => values.every(matches));
  if (shape) return [{ column, path: shape.path, confidence: 0.7, reason: `its values look like ${shape.words}` }];
  const reason = 'is not a field of a profile: stored as an attribute';
  return paths.otherwise ? [{ column, path: paths.otherwise(column), confidence: 0.5, reason }] : [];
};

/** Where each column of a file probably leads, by its name, else by the values of its first rows. Columns of one path are joined. */
export const suggest = (columns: string[], samples: Record<string, string>[], paths: Paths): Suggestion[] => {
  const valuesIn = (column: string) => samples.map(row => row[column]?.trim() ?? '').filter(Boolean);
  const found = columns.flatMap(column => suggestOne(column, valuesIn(column), paths));
  return paths.settle?.(found) ?? found;
};

/** suggestions of less confidence are not followed unless they are confirmed */
export const confident = 0.9;

/** a mapping as it is suggested; where columns are not joined the first of a path counts */
export const mappingFrom = (suggestions: Suggestion[], { joinsColumns }: RowSchema): Record<string, string> => {
  const isFirst = ({ path }: Suggestion, nth: number) => suggestions.findIndex(other => other.path === path) === nth;
  const used = joinsColumns ? suggestions : suggestions.filter(isFirst);
  return Object.fromEntries(used.map(({ column, path }) => [column, path]));
};
