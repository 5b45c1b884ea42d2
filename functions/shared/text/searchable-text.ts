/** Refers to a text: the id of its record, and of the record that it is part of, if any. */
export type TextRef = { id: string; within?: string };

export type Written = {
  /** when it was written, or when what it describes happened */
  at: string;
  by: string | null;
  title: string;
  body: string;
};

export type Text = TextRef & Written & { customerId: string | null };

/** the parts of a text as one, without the missing ones */
export const bodyOf = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join('\n');
