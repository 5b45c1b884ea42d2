import { caseAcknowledged } from '../../../events/case.ts';
import { customerById } from '../../customers/reads.ts';
import { emit } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import { changeCase } from '../cases/change-case.ts';
import { acknowledgement } from '../cases/tell-customer.ts';
import { whyAutomatic } from './is-automatic.ts';
import type { Step } from './step.ts';

export const acknowledgeStep: Step = async (_, before, { now, store }) => {
  if (before.acknowledgement || !before.customerId) return;
  const { id, number, customerId, sla } = before;
  const customer = await customerById(store, customerId);
  const telling = customer ? acknowledgement(before, customer) : [];
  const objection = whyAutomatic(before) ?? (telling.length ? null : 'the customer has no address');
  const outcome = objection ? 'withheld' : 'sent';
  const { changes } = changeCase(now, before, { acknowledgement: outcome, acknowledgedAt: objection ? null : now });
  const reasons = [objection ?? `first acknowledgement of case ${number}`];
  const data = { number, expectedBy: sla.firstResponseDueAt };
  await store.commit([
    ...changes,
    ...(objection ? [] : [...telling, emit(caseAcknowledged, { customerId, about: id, data })]),
    decided(now, { customerId, kind: 'acknowledgement', outcome, reasons, cause: id }),
  ]);
};
