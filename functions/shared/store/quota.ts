import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { table } from './table.ts';

/** of one user of a tenant, or of all: so many in each window */
export type Quota = { name: string; most: number; seconds: number };

/** what is used in a window: by all, as of the last look, and by this function since */
type Used = { window: number; all: number; own: number };

const used = new Map<string, Used>();

/** a function adds up this part of a quota before it writes: little use costs nothing */
const share = 50;

const add = async (tenant: string, { name, seconds }: Quota, { window, own }: Used): Promise<number> => {
  const { Attributes } = await table(tenant).update({
    TableName: env.table(),
    Key: { pk: `${tenant}#quota#${name}`, sk: String(window) },
    UpdateExpression: 'SET kind = :kind, expiresAt = :until ADD used :own',
    ExpressionAttributeValues: { ':kind': 'quota', ':until': (window + 1) * seconds + 3600, ':own': own },
    ReturnValues: 'UPDATED_NEW',
  });
  return Number(Attributes?.used ?? own);
};

/**
 * Counts a use. Returns the seconds until the next window begins when the quota is used up, else 0. The bound is soft: each function
 * that runs side by side may pass it by a fiftieth, and a use that cannot be counted is allowed.
 */
export const takeQuota = async (tenant: string, quota: Quota, now: string): Promise<number> => {
  const key = `${tenant} ${quota.name}`;
  const at = Date.parse(now) / 1000;
  const window = Math.floor(at / quota.seconds);
  const known = used.get(key);
  const current = known?.window === window ? known : { window, all: 0, own: 0 };
  if (current !== known) {
    if (used.size > 10_000) used.clear();
    used.set(key, current);
  }
  const left = Math.max(1, Math.ceil((window + 1) * quota.seconds - at));
  if (current.all + current.own >= quota.most) return left;
  current.own += 1;
  if (current.own < quota.most / share) return 0;
  const taken = { ...current };
  current.own = 0;
  try {
    current.all = await add(tenant, quota, taken);
  } catch (error) {
    log('warn', 'uses of a quota not counted', faultOf(error));
  }
  return current.all > quota.most ? left : 0;
};
