import type { Ctx } from '../../shared/http/context.ts';
import type { Case } from '../cases/case.ts';

/** the event that a run of the workflow answers */
export type Cause = { id: string; tenant: string; occurredAt: string; about: string };

/** One step of the routing of a case. Repeated, by the same run or another one, it changes nothing. */
export type Step<R = void> = (event: Cause, before: Case, ctx: Ctx) => Promise<R>;
