/** clocks of functions differ: what was stored shortly after an instant may be from before it */
const skewMs = 60_000;

type At = { now: string; since?: string | undefined };

/** Values by key in the memory of one function, each valid for so long; of more than `most` keys all are forgotten. */
export const cacheFor = <T>(ms: number, most: number) => {
  type Lasting<K> = { lasting?: (key: K, value: T | undefined) => boolean };

  const entries = new Map<string, { value: T; at: number }>();

  /** `since`: what was stored before that instant is not valid */
  const get = (key: string, { now, since }: At): T | undefined => {
    const [entry, time] = [entries.get(key), Date.parse(now)];
    if (!entry || entry.at > time || entry.at + ms <= time) return undefined;
    return since !== undefined && entry.at < Date.parse(since) + skewMs ? undefined : entry.value;
  };

  const put = (key: string, value: T | undefined, { now }: At) => {
    if (value === undefined) return entries.delete(key);
    if (entries.size >= most) entries.clear();
    return entries.set(key, { value, at: Date.parse(now) });
  };

  /** the values of many keys, those that are not cached read together; undefined is not cached */
  const all = async <K>(
    keys: Map<string, K>,
    { lasting = () => true, ...at }: At & Lasting<K>,
    read: (missing: K[]) => Promise<(T | undefined)[]>,
  ) => {
    const found = new Map([...keys.keys()].map(key => [key, get(key, at)]));
    const missing = [...keys].filter(([key]) => found.get(key) === undefined);
    const values = missing.length ? await read(missing.map(([, one]) => one)) : [];
    for (const [nth, [key, one]] of missing.entries()) {
      found.set(key, values[nth]);
      if (lasting(one, values[nth])) put(key, values[nth], at);
    }
    return found;
  };

  const of = async (key: string, at: At & Lasting<string>, read: () => Promise<T>): Promise<T> => {
    const found = await all(new Map([[key, key]]), at, async () => [await read()]);
    return found.get(key) as T;
  };

  return { of, all };
};
