import { formChanged, formSubmitted } from '../../../events/form.ts';
import { newId } from '../../../events/ids.ts';
import { decideConsent } from '../../consent/decide-consent.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { customerIdByEmail } from '../../customers/reads.ts';
import { ApiError, type FieldError, invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { type Change, created, emit, eventOf, insert, put } from '../../shared/store/changes.ts';
import { takeQuota } from '../../shared/store/quota.ts';
import { listParts } from '../../shared/store/record-page.ts';
import { patchById, readById, removeById } from '../../shared/store/records.ts';
import { keyOutside, sourceOf } from '../../tracking/write-key.ts';
import { formBusy, formOrigin } from '../errors.ts';
import { leads, requestKey } from '../leads/lead.ts';
import { identifyContact, newLead } from '../leads/lead-changes.ts';
import { askedTopics, type Form, FormFields, forms, type Refusal, refusalParts, refusals } from './form.ts';
import { formRoutes } from './form-routes.ts';
import { fieldsIn, readSubmission, type Submission } from './read-submission.ts';

/** the link to confirm each topic, unless the customer was sent enough of them */
export const askFor = async (topics: string[], customer: StoredCustomer, { wording, name }: Form, ctx: Ctx) => {
  const input = {
    status: 'granted' as const,
    source: `form: ${name}`,
    ...(wording ? { wording: { text: wording } } : {}),
  };
  const asked = topics.map(async topic => {
    try {
      const decision = { customer, on: { channel: 'email' as const, topic }, input };
      return (await decideConsent(ctx, decision, { ask: true })).changes;
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'limited') return [];
      throw error;
    }
  });
  return (await Promise.all(asked)).flat();
};

/** a lead from a submission, unless the customer has an open one from the form */
const leadChanges = async (form: Form, { contact, interest }: Submission, customerId: string | undefined, ctx: Ctx) => {
  const { now, store } = ctx;
  const cause = form.id;
  const open =
    customerId && (await store.holder(leads, 'request', requestKey({ customerId: customerId as never, cause })));
  if (open) return { leadId: null, changes: [] };
  const fields = { contact, interest, cause, source: form.source ?? `form: ${form.name}` };
  const id = newId('lead', now);
  const { after, events } = newLead(now, { ...fields, id, customerId: (customerId ?? null) as never });
  return { leadId: id, changes: [insert(leads, after), ...events, ...identifyContact(after)] as Change[] };
};

const submit = async (form: Form, submission: Submission, ctx: Ctx) => {
  const { now, store } = ctx;
  const { contact, topics } = submission;
  const customerId = contact.email && (await customerIdByEmail(store, contact.email));
  const customer = customerId ? await store.get(customers, { id: customerId }) : undefined;
  const { leadId, changes } = await leadChanges(form, submission, customer?.id, ctx);
  const waits = topics.length && !customer && leadId;
  await store.commit([
    ...changes,
    emit(formSubmitted, { about: form.id, customerId: customer?.id ?? null, data: { leadId, topics } }),
    ...(customer ? await askFor(topics, customer, form, ctx) : []),
    ...(waits ? [insert(askedTopics, { id: leadId, formId: form.id, topics, at: now, version: 1 as const })] : []),
  ]);
};

const perTenSeconds = 100;

const received = { received: true } as const;

export const formHandlers = handlers(formRoutes, {
  createForm: ({ body }, { now, store }) => {
    const form = created(now, { ...body, id: newId('form', now) });
    return store.commit([insert(forms, form), eventOf(formChanged, form, { removed: false })], form);
  },
  listForms: ({ query }, { store }) => store.list(forms, 'all', 'all', query),
  readForm: readById(forms),
  changeForm: patchById(forms, FormFields, form => [eventOf(formChanged, form, { removed: false })]),
  removeForm: removeById(forms, form => eventOf(formChanged, form, { removed: true })),
  submitForm: async ({ params: { id = '' }, query: { writeKey }, headers, raw = Buffer.alloc(0) }, anonymous) => {
    const key = keyOutside({ headers, ...(writeKey ? { query: { writeKey } } : {}) });
    const ctx = await sourceOf(key, anonymous);
    const { now, store, tenant } = ctx;
    const form = await store.need(forms, { id });
    const retryAfter = await takeQuota(tenant, { name: `form#${id}`, most: perTenSeconds, seconds: 10 }, now);
    if (retryAfter) throw formBusy(undefined, { retryAfter });
    const refuse = (reason: Refusal['reason'], faults: FieldError[] = []) =>
      store.commit([put(refusals, { id: newId('rejection', now), formId: form.id, at: now, reason, faults })]);
    if (form.origins.length && !form.origins.includes(headers.origin ?? '')) {
      await refuse('origin');
      throw formOrigin();
    }
    const given = fieldsIn(raw, headers['content-type']);
    const read = given
      ? readSubmission(form, given)
      : { faults: [{ path: '', message: 'is neither JSON nor a form' }] };
    if (given?.[form.honeypot]) {
      await refuse('honeypot');
      return received; // as if it were taken: who fills it shall not learn
    }
    if ('faults' in read) {
      await refuse(
        'invalid',
        read.faults.map(({ path, message }) => ({ path: path.slice(0, 100), message })),
      );
      throw invalid(read.faults);
    }
    await submit(form, read, ctx);
    return received;
  },
  listFormRefusals: listParts(forms, refusals, refusalParts),
});
