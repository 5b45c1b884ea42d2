import * as z from 'zod';
import { purposeDeclared, purposeRemoved } from '../../events/consent.ts';
import { mostPurposes, type Purpose, PurposeName, purposes, purposesOf } from '../customers/purpose.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { emit, remove, save } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { purposeRoutes } from './consent-routes.ts';
import { purposeInUse, tooManyPurposes } from './errors.ts';
import { topicsOf } from './topic.ts';

const purposeEvent = (
  event: typeof purposeDeclared | typeof purposeRemoved,
  { name, lawfulBasis, owner }: Pick<Purpose, 'name' | 'lawfulBasis' | 'owner'>,
) => emit(event, { about: name, data: { lawfulBasis, owner } });

export const purposeHandlers = handlers(purposeRoutes, {
  putPurpose: async ({ params, body }, { now, store }) => {
    const { name } = parse(z.object({ name: PurposeName }), params);
    const all = await purposesOf(store);
    const before = all.find(purpose => purpose.name === name);
    if (!before && all.length >= mostPurposes) throw tooManyPurposes();
    const { version, createdAt } = before ?? { version: 0, createdAt: now };
    const purpose: Purpose = { name, ...body, version: version + 1, createdAt, updatedAt: now };
    return store.commit([save(purposes, before, purpose), purposeEvent(purposeDeclared, purpose)], purpose);
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
