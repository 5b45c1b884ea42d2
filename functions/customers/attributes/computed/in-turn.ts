const waiting = new Map<string, Promise<unknown>>();

/** One after the other, where one function does many things to one customer at once: they would only lose against each other. */
export const inTurn = async <T>(key: string, act: () => Promise<T>): Promise<T> => {
  const turn = (waiting.get(key) ?? Promise.resolve()).then(act, act);
  waiting.set(key, turn);
  try {
    return await turn;
  } finally {
    if (waiting.get(key) === turn) waiting.delete(key);
  }
};
