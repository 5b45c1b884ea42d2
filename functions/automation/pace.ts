import type { Ctx } from '../shared/http/context.ts';
import { takeQuota } from '../shared/store/quota.ts';

const most = { acts: 50, seconds: 86_400 };

/** what actions lead to, directly or by what is judged and computed from it */
const consequent = /^(customer|case|lead|segment|journey)\./;

export const mayLoop = `it acted ${most.acts} times today on what automation brought about, which may be a loop: set a cooldown`;

type Cause = { type: string; actor: string };

/** Whether a trigger or journey acts for a customer again and again by what it, or others of them, bring about. */
export const isLooping = async (
  id: string,
  customerId: string,
  cause: Cause | undefined,
  { tenant, now }: Pick<Ctx, 'tenant' | 'now'>,
): Promise<boolean> => {
  if (!cause?.actor.startsWith('rapport:') || !consequent.test(cause.type)) return false;
  const quota = { name: `acts ${id} ${customerId}`, most: most.acts, seconds: most.seconds };
  return (await takeQuota(tenant, quota, now)) > 0;
};
