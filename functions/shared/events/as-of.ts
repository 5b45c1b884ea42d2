import * as z from 'zod';
import { plus } from '../time/duration.ts';

/** what happened longer ago is history: it stands on the timeline at its own time, and sets nothing off */
const newsFor = 'P2D';

/** clocks and calendars of others may be ahead */
const mostAhead = 'P1D';

/** when something is said to have happened, by those who tell of it later */
export const HappenedAt = z.iso.datetime({ offset: true }).transform(at => new Date(at).toISOString());

export const isAhead = (now: string, at: string) => at > plus(now, mostAhead);

/** how what happened at an instant is said now */
export const asOf = (now: string, at: string): { occurredAt: string; past?: true } => ({
  occurredAt: at < now ? at : now,
  ...(plus(at, newsFor) < now ? { past: true } : {}),
});
