type Period = { from?: string | undefined; to?: string | undefined };

const start = ({ from }: Period) => (from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from));
const end = ({ to }: Period) => (to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to));

/** whether an instant is in a period: from inclusive, to exclusive */
export const isInForce = (period: Period, at: string) =>
  start(period) <= Date.parse(at) && Date.parse(at) < end(period);

export const isInForceTogether = (a: Period, b: Period) => start(a) < end(b) && start(b) < end(a);
