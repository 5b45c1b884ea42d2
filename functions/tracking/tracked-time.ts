/** how far the client's time may be from the true time for the event to be stored under it */
const toleratedMs = 10 * 60_000;

const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/** milliseconds of an ISO 8601 text or a number of milliseconds; undefined for anything else */
export const instantOf = (value: unknown): number | undefined => {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return ms >= 0 && ms <= lastMs ? Math.floor(ms) : undefined;
};

export type Times = {
  timestamp: number | undefined;
  sentAt: number | undefined;
  /** when it reached a system that passed it on to us */
  relayedAt: number | undefined;
};

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * When something happened by our clock: received − (sent − happened), both by the client's clock; never in the future.
 * `asSent` is the client's own time, which stays the same however often and late the message is sent; `near` says
 * whether it is close enough to store the event under it.
 */
export const trackedTime = ({ timestamp, sentAt, relayedAt }: Times, receivedAt: number) => {
  if (timestamp === undefined) return { occurredAt: iso(Math.min(relayedAt ?? receivedAt, receivedAt)), near: false };
  const corrected = sentAt === undefined ? timestamp : receivedAt - (sentAt - timestamp);
  const occurredAt = Math.max(0, Math.min(corrected, receivedAt));
  return { occurredAt: iso(occurredAt), asSent: iso(timestamp), near: Math.abs(occurredAt - timestamp) <= toleratedMs };
};
