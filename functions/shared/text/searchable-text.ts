/** A searchable text: the id of its record and, where it is a part of another record, of that one. */
export type TextRef = { id: string; within?: string };

/** A text of a record, as full-text search reads it. */
export type Text = TextRef & {
  customerId: string | null;
  at: string;
  by: string | null;
  title: string;
  body: string;
};

export const bodyOf = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join('\n');
