import { purposeDeclared, purposeRemoved } from '../../../events/consent.ts';
import { mostPurposes, PurposeName, purposes, purposesOf } from '../../customers/purpose.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { fieldErrors } from '../../shared/http/parse.ts';
import { created, emit, insert, remove, update, updated } from '../../shared/store/changes.ts';
import { revive } from '../../shared/store/entity.ts';
import { topicsOf } from '../topic.ts';
import { purposeInUse, purposeRoutes, tooManyPurposes } from './purpose-routes.ts';

const nameFrom = (given: string | undefined) => {
  const name = PurposeName.safeParse(given);
  if (!name.success) throw invalid(fieldErrors(name.error.issues, ['name']));
  return name.data;
};

export const purposeHandlers = handlers(purposeRoutes, {
  putPurpose: async ({ params, body }, { now, store }) => {
    const name = nameFrom(params.name);
    const all = await purposesOf(store);
    const before = all.find(purpose => purpose.name === name);
    if (!before && all.length >= mostPurposes) throw tooManyPurposes();
    const { lawfulBasis, owner } = body;
    const event = emit(purposeDeclared, { about: name, data: { lawfulBasis, owner } });
    if (!before) {
      const purpose = created(now, { name, ...body });
      return store.commit([insert(purposes, purpose), event], purpose);
    }
    const { version, createdAt, updatedAt } = before;
    const after = updated(now, { name, ...body, version, createdAt, updatedAt }, {});
    return store.commit([update(purposes, before, after), event], after);
  },

  listPurposes: async ({ query }, { store }) => {
    const { items, nextCursor } = await store.range(purposes.key({ name: '' }).of, { ...query, upwards: true });
    return { items: items.map(item => revive(purposes, item)), nextCursor };
  },

  removePurpose: async ({ params: { name = '' } }, { store }) => {
    const [purpose, topics] = await Promise.all([store.need(purposes, { name }), topicsOf(store)]);
    const { lawfulBasis, owner } = purpose;
    const serving = topics.filter(topic => topic.purpose === purpose.name).map(({ topic }) => topic);
    if (serving.length) {
      throw purposeInUse(`Topics refer to this purpose: ${serving.join(', ')}. Change or delete them first.`);
    }
    const event = emit(purposeRemoved, { about: purpose.name, data: { lawfulBasis, owner } });
    return store.commit([remove(purposes, purpose), event], purpose);
  },
});
