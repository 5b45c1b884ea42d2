/** The only place that reads the time. RFC 3339, UTC, milliseconds. */
export const clock = () => new Date().toISOString();
