import { openStore, type Store } from '../store/store.ts';
import type { FieldError } from './api-error.ts';

export type Ctx = {
  tenant: string;
  actor: string;
  /** the one instant at which this request or event is handled */
  now: string;
  store: Store;
  scopes: ReadonlySet<string>;
  groups: readonly string[];
  /** id of the customer that calls, on routes for customers; else empty */
  me: string;
  /** who had that customer's token issued; empty: the customer signed in */
  issuer: string;
  /** what the reply warns of: names in the request that match nothing so far */
  warnings: FieldError[];
  /** milliseconds that are left to the function before it is stopped */
  timeLeft(): number;
  /** which delivery of the event this is; each but the first follows one that failed or was stopped */
  delivery: number;
  /** the same for another tenant: only for routes that find the tenant in a signed link or a write key */
  as(tenant: string, actor: string): Ctx;
};

type Opened = Parameters<typeof openStore>[0] & {
  scopes?: ReadonlySet<string>;
  groups?: readonly string[];
  me?: string;
  warnings?: FieldError[];
  timeLeft?: () => number;
  delivery?: number;
};

export const ctxOf = ({
  scopes = new Set(),
  groups = [],
  me = '',
  issuer = '',
  warnings = [],
  timeLeft = () => Number.POSITIVE_INFINITY,
  delivery = 1,
  ...opened
}: Opened): Ctx => ({
  tenant: opened.tenant,
  actor: opened.actor,
  now: opened.now,
  scopes,
  groups,
  me,
  issuer,
  warnings,
  timeLeft,
  delivery,
  store: openStore({ ...opened, issuer }),
  as: (tenant, actor) => ctxOf({ ...opened, timeLeft, delivery, tenant, actor }),
});
