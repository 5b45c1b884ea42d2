import * as z from 'zod';
import { plus } from '../time/duration.ts';

/** what happened longer ago is history: it is put on the timeline at its own time and not published */
const newsFor = 'P2D';

const mostAhead = 'P1D';

export const HappenedAt = z.iso.datetime({ offset: true }).transform(at => new Date(at).toISOString());

export const isAhead = (now: string, at: string) => at > plus(now, mostAhead);

export const asOf = (now: string, at: string): { occurredAt: string; past?: true } => ({
  occurredAt: at < now ? at : now,
  ...(plus(at, newsFor) < now ? { past: true } : {}),
});
