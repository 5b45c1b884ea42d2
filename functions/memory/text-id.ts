import type { TextRef } from '../shared/text/searchable-text.ts';

/** The id of a text: when its record was made first, so that ids sort by age, then what leads back to the record. */
export const textIdOf = ({ id, within }: TextRef): string => {
  const [prefix, stamp] = id.split('_');
  return [stamp, prefix, ...(within ? [within] : [])].join('.');
};

/** the record that a text is of */
export const refOf = (textId: string): TextRef => {
  const [stamp, prefix, within] = textId.split('.');
  return { id: `${prefix}_${stamp}`, ...(within ? { within } : {}) };
};
