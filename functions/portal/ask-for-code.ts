import { randomInt } from 'node:crypto';
import { messageRequested } from '../../events/message.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { signInId } from '../customers/identity.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, insert, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { askedAgain, limits, nextCodeAt, signIns } from './sign-in.ts';

const content = {
  subject: 'Your code: {{ code }}',
  body: `{% if customer.givenName %}Dear {{ customer.givenName }},{% else %}Hello,{% endif %}

your code to sign in is {{ code }}. It is good for ${limits.codeMinutes} minutes, once.

If you did not ask for it, you need do nothing.
`,
};

/** asks messaging to mail the code; the event lies apart from the timeline, which staff may read */
const mailing = (customerId: string, id: string, code: string, { now }: Ctx) =>
  emit(messageRequested, {
    customerId,
    about: customerId,
    of: ['sign-in', id],
    until: new Date(Date.parse(now) + limits.codeMinutes * 60_000).toISOString(),
    data: { channel: 'email', topic: null, content, cause: customerId, step: `sign-in ${now}`, scope: { code } },
  });

/** The reply is the same whether or not a customer has the address. */
export const askForCode: Handler<typeof routes.askForCode> = async ({ body: { tenant, email } }, nobody) => {
  const ctx = nobody.as(tenant, 'customer:unknown');
  const { now, store } = ctx;
  const id = signInId(email);
  const [before, holder] = await Promise.all([store.get(signIns, { id }), store.holder(customers, 'email', email)]);
  const wait = before && nextCodeAt(before, now);
  if (wait) {
    const retryAfter = Math.ceil((Date.parse(wait) - Date.parse(now)) / 1000);
    throw new ApiError('limited', 'sign-in.too-often', 'too many codes were asked for; try again later', {
      retryAfter,
    });
  }
  const customer = holder && (await resolveMerged(store, holder));
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const after = askedAgain(before, id, code, now);
  await store.commit([
    before ? update(signIns, before, after) : insert(signIns, after),
    ...(customer ? [mailing(customer.id, id, code, ctx)] : []),
  ]);
  return { accepted: true as const };
};
