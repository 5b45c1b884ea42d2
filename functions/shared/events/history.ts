export const ownPrefix = 'rapport.';
export const historyPrefix = 'rapport-history.';

/** The source of events of the past on the bus: reactions match `rapport.` and do not take them for news. */
export const historyOf = (source: string) => source.replace(ownPrefix, historyPrefix);

export const isNews = (source: string) => source.startsWith(ownPrefix);
export const isHistory = (source: string) => source.startsWith(historyPrefix);
