/** what services take in one request */
const most = { entries: 10, bytes: 240_000 };

/** Cuts a list into what one request may carry, in its order. */
export const batchesOf = <T>(all: T[], textOf: (one: T) => string): T[][] => {
  const cut: T[][] = [];
  let bytes = 0;
  for (const one of all) {
    const size = Buffer.byteLength(textOf(one));
    const last = cut.at(-1);
    const fits = last !== undefined && last.length < most.entries && bytes + size <= most.bytes;
    if (fits) last.push(one);
    else cut.push([one]);
    bytes = fits ? bytes + size : size;
  }
  return cut;
};
