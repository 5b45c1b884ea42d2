import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { resolveMerged } from './active-customer.ts';
import { subscriptions } from './contract.ts';
import { changedCustomer, withoutInvalidFields } from './profile.ts';
import { settingsOf } from './settings.ts';

/** values by paths of at most two names, such as `attributes.stage`, as a merge patch */
const patchOf = (values: Record<string, unknown>) => {
  const patch: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const [name = '', part] = path.split('.');
    patch[name] = part === undefined ? value : { ...(patch[name] as object | undefined), [part]: value };
  }
  return patch;
};

const setAttributes: Reaction<typeof subscriptions.setAttributes> = async (
  { customerId, about, data: { values } },
  { now, store },
) => {
  if (!customerId) return;
  const [before, settings] = await Promise.all([resolveMerged(store, customerId), settingsOf(store)]);
  if (!before) return;
  const writing = { settings, source: about, decides: true, checks: 'values' as const };
  await store.commit(
    withoutInvalidFields(valid => changedCustomer(now, before, valid, writing), patchOf(values)).changes,
  );
};

export const reaction = consume('setAttributes', subscriptions.setAttributes, setAttributes);
