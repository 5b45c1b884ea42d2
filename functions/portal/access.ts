import { randomBytes, randomUUID } from 'node:crypto';
import { messageRequested } from '../../events/message.ts';
import { accessRevoked, customerSignedIn } from '../../events/portal.ts';
import { voiceFor, written } from '../consent/service-mail.ts';
import { activeCustomer, resolveMerged } from '../customers/active-customer.ts';
import { isProven } from '../customers/attributes/standing.ts';
import { type Customer, customers } from '../customers/customer.ts';
import { signInId } from '../customers/identity.ts';
import { accesses } from '../shared/http/access.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { customerToken } from '../shared/http/customer-token.ts';
import { oneTimeCode } from '../shared/http/signed-link.ts';
import { emit, insert, put, update } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { invalidCode, tooManyCodes, tooManyTries } from './errors.ts';
import { accessRoutes } from './portal-routes.ts';
import { afterGuess, digestOf, fromOf, isCorrect, limits, newSignIn, signedInFrom, signIns } from './sign-in.ts';
import { askingWait, tryingWait } from './sign-in-limits.ts';

const text = {
  subject: '{{ words.codeSubject }}',
  body: `{{ words.codeText | replace: '…', code }} {{ words.codeLasts | replace: '…', minutes }}

{{ words.codeIgnore }}`,
};

/** requests the message with the code; the event is not on the timeline, which staff may read */
const codeMessage = async (customer: Customer, id: string, codeOf: string, { now, store }: Ctx) => {
  const { words } = await voiceFor(store, customer);
  const { id: customerId } = customer;
  return emit(messageRequested, {
    customerId,
    about: customerId,
    of: ['sign-in', id],
    until: plus(now, `PT${limits.codeMinutes}M`),
    data: {
      ...{ channel: 'email', topic: null, cause: customerId, step: `sign-in ${now}`, codeOf },
      ...written(words, text, { minutes: limits.codeMinutes }),
    },
  });
};

const customerWithEmail = async (store: Store, email: string) => {
  const holder = await store.holder(customers, 'email', email);
  const customer = holder ? await resolveMerged(store, holder) : undefined;
  // a code goes to an address that staff, a server, a file or the customer gave, or that was verified
  return customer && isProven(customer, 'email') ? customer : undefined;
};

const signedIn = (customerId: string, by: 'code' | 'company', until: string) =>
  emit(customerSignedIn, { customerId, about: customerId, data: { by, until } });

const unknownCustomer = (anonymous: Ctx, tenant: string) => anonymous.as(tenant, 'customer:unknown');

export const accessHandlers = handlers(accessRoutes, {
  issueToken: async ({ params: { id = '' }, body: { minutes } }, ctx) => {
    const customer = await activeCustomer(ctx.store, id);
    const issued = await customerToken(ctx, customer.id, minutes, ctx.actor);
    return ctx.store.commit([signedIn(customer.id, 'company', issued.expiresAt)], issued);
  },
  revokeTokens: async ({ params: { id = '' } }, { now, store }) => {
    const { id: customerId } = await activeCustomer(store, id);
    const access = { customerId, notBefore: now };
    return store.commit(
      [put(accesses, access), emit(accessRevoked, { customerId, about: customerId, data: {} })],
      access,
    );
  },
  /** the reply is the same whether or not a customer has the address */
  askForCode: async ({ body: { tenant, email }, ip }, anonymous) => {
    const ctx = unknownCustomer(anonymous, tenant);
    const { now, store } = ctx;
    const id = signInId(email);
    const retryAfter = await askingWait({ tenant, now, ip }, id, store);
    if (retryAfter) throw tooManyCodes(undefined, { retryAfter });
    const customer = await customerWithEmail(store, email);
    const nonce = randomBytes(24).toString('base64url');
    // the code is derived again when its message is rendered: no event has it
    const codeOf = `${id} ${randomUUID()}`;
    const code = await oneTimeCode(tenant, codeOf, now);
    const message = customer ? [await codeMessage(customer, id, codeOf, ctx)] : [];
    return store.commit([insert(signIns, newSignIn(id, nonce, code, now)), ...message], {
      accepted: true as const,
      nonce,
    });
  },
  /** a code is used up by a correct guess or by five wrong ones: each guess is counted before the reply */
  exchangeCode: async ({ body: { tenant, email, code, nonce }, ip }, anonymous) => {
    const { now, store } = unknownCustomer(anonymous, tenant);
    const retryAfter = await tryingWait({ tenant, now, ip });
    if (retryAfter) throw tooManyTries(undefined, { retryAfter });
    const before = await store.get(signIns, { id: signInId(email), nonce: digestOf(nonce) });
    if (!before?.code) throw invalidCode();
    const correct = isCorrect(before, code, now);
    const counted = update(signIns, before, afterGuess(before, correct));
    const customer = correct ? await customerWithEmail(store, email) : undefined;
    if (!customer) {
      await store.commit([counted]);
      throw invalidCode();
    }
    const { id } = customer;
    const ctx = anonymous.as(tenant, `customer:${id}`);
    const issued = await customerToken(ctx, id, limits.tokenMinutes);
    const from = put(signedInFrom, { id: before.id, from: fromOf(ip), at: now });
    return ctx.store.commit([counted, signedIn(id, 'code', issued.expiresAt), from], issued);
  },
});
