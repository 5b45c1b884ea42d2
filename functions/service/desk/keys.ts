import * as z from 'zod';

/** a key that a company chose */
export const Key = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'is 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit',
  );

/** the id of a user, as tokens carry it */
export const NaturalKey = z.string().regex(/^[A-Za-z0-9][\w.@+:|-]{0,127}$/, 'is not the id of a user');

/** free text of one line, trimmed */
export const line = z.string().trim().min(1, 'is empty').max(200);

export const Skills = z.array(z.string().trim().toLowerCase().min(1, 'is empty').max(60)).max(100).default([]);
