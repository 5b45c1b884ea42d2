/** Names something that somebody wrote: the id of its record, and of the record that it is a part of, where it is of one. */
export type TextRef = { id: string; within?: string };

/** What somebody wrote, as the search through all texts reads it. */
export type Text = TextRef & {
  customerId: string | null;
  /** when it was written, or what it tells of happened */
  at: string;
  /** who wrote it, where that is known */
  by: string | null;
  title: string;
  body: string;
};

/** parts of a text as one, without those that are not there */
export const bodyOf = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join('\n');
