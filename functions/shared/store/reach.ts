const last = '\u{10ffff}';

/**
 * What of a bucket's entries is meant by a value: sort keys are `<value>#<id>`, a space parts the words of a value, and nothing
 * that values hold sorts between the two. `whole`: the value itself; `word`: what begins with it as with whole words; `longer`:
 * what goes on in the same word; `prefix`: both.
 */
export const reaches = {
  whole: (value: string) => ({ from: `${value}#`, to: `${value}#${last}` }),
  word: (value: string) => ({ from: value, to: `${value}#${last}` }),
  longer: (value: string) => ({ from: `${value}$`, to: `${value}${last}` }),
  prefix: (value: string) => ({ from: value, to: `${value}${last}` }),
};

export type Reach = keyof typeof reaches;

export const isBetween = (place: string, { from, to }: { from: string; to: string }) =>
  Buffer.compare(Buffer.from(from), Buffer.from(place)) <= 0 &&
  Buffer.compare(Buffer.from(place), Buffer.from(to)) <= 0;
