/** how long what was found is remembered without asking again */
const rememberedMs = 5 * 60_000;
const mostRemembered = 50_000;

/** clocks of functions differ: what was found shortly after an instant may be from before it */
const skewMs = 60_000;

/** What was found out lately, by key. `since`: whatever was found before that instant does not count any more. */
export const remembering = <T>() => {
  const found = new Map<string, { value: T; at: number }>();
  return {
    get(key: string, now: string, since?: string): T | undefined {
      const [before, time] = [found.get(key), Date.parse(now)];
      if (!before || before.at > time || before.at + rememberedMs <= time) return undefined;
      return since !== undefined && before.at < Date.parse(since) + skewMs ? undefined : before.value;
    },
    put(key: string, value: T, now: string) {
      if (found.size >= mostRemembered) found.clear();
      found.set(key, { value, at: Date.parse(now) });
    },
    drop: (key: string) => void found.delete(key),
  };
};
