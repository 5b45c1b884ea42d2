import * as z from 'zod';
import { purposeDeclared, purposeRemoved } from '../../events/consent.ts';
import { mostPurposes, type Purpose, PurposeName, purposes, purposesOf } from '../customers/purpose.ts';
import { nightlyJob, retentionSettings } from '../customers/retention-settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { type Change, emit, remove, save } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { purposeRoutes } from './consent-routes.ts';
import { purposeInUse, tooManyPurposes } from './errors.ts';
import { topicsOf } from './topic.ts';

const purposeEvent = (
  event: typeof purposeDeclared | typeof purposeRemoved,
  { name, lawfulBasis, owner }: Pick<Purpose, 'name' | 'lawfulBasis' | 'owner'>,
) => emit(event, { about: name, data: { lawfulBasis, owner } });

/** what starts the nightly runs that discard what serves no other purpose */
const nightlyChanges = async (ctx: Ctx): Promise<Change[]> => {
  const before = await retentionSettings.of(ctx.store);
  const { nights, changes } = await nightlyJob(before.timeZone, ctx);
  if (nights === before.nights) return [];
  const { version: _, ...rules } = before;
  return [...changes, retentionSettings.changed(before, { ...rules, nights }).change];
};

export const purposeHandlers = handlers(purposeRoutes, {
  putPurpose: async ({ params, body }, ctx) => {
    const { now, store } = ctx;
    const { name } = parse(z.object({ name: PurposeName }), params);
    const all = await purposesOf(store);
    const before = all.find(purpose => purpose.name === name);
    if (!before && all.length >= mostPurposes) throw tooManyPurposes();
    const { version, createdAt } = before ?? { version: 0, createdAt: now };
    const purpose: Purpose = { name, ...body, version: version + 1, createdAt, updatedAt: now };
    const nightly = body.retention === undefined ? [] : await nightlyChanges(ctx);
    return store.commit([save(purposes, before, purpose), purposeEvent(purposeDeclared, purpose), ...nightly], purpose);
  },
  listPurposes: ({ query }, { store }) =>
    recordPage(store, purposes, purposes.key({ name: '' }).of, { ...query, upwards: true }),
  removePurpose: async ({ params: { name = '' } }, { store }) => {
    const [purpose, topics] = await Promise.all([store.need(purposes, { name }), topicsOf(store)]);
    const serving = topics.filter(topic => topic.purpose === name).map(({ topic }) => topic);
    if (serving.length) {
      throw purposeInUse(`Topics refer to this purpose: ${serving.join(', ')}. Change or delete them first.`);
    }
    return store.commit([remove(purposes, purpose), purposeEvent(purposeRemoved, purpose)], purpose);
  },
});
