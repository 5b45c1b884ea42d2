import { slaPolicyChanged } from '../../../events/agent.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { calendars } from './business-calendar.ts';
import { mustExist } from './must-exist.ts';
import { putRecord } from './put-record.ts';
import { slaPolicies } from './sla-policy.ts';

export const putSlaPolicy: Handler<typeof routes.putSlaPolicy> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  await mustExist(store, calendars, 'calendarId', body.calendarId);
  const told = (about: string) => emit(slaPolicyChanged, { about, data: { slaPolicyId: about, removed: false } });
  return putRecord(slaPolicies, { id, ...body }, { now, store, told });
};
