import * as z from 'zod';
import { eventRejected } from '../../../events/report.ts';
import { Instant } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { plus } from '../../shared/time/duration.ts';

const kept = 'P30D';

/** What another system reported on the bus and could not be taken, without what it said. */
export const RefusedReport = z.object({
  /** id of the event on the bus */
  id: z.string(),
  at: Instant,
  ...eventRejected.data.shape,
});

export const refusedReports = entity('refused-report', RefusedReport, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all', sort: ({ at }) => at } },
  expires: ({ at }) => plus(at, kept),
});
