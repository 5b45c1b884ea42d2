export const historyPrefix = 'rapport-history.';

/** The source of events of the past on the bus: reactions match `rapport.` and do not take them for news. */
export const historyOf = (source: string) => source.replace('rapport.', historyPrefix);
