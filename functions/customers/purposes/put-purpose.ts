import { purposeDeclared } from '../../../events/purpose.ts';
import { invalid, Refusal } from '../../shared/http/api-error.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { fieldErrors } from '../../shared/http/parse.ts';
import { first, insert, next, say, update } from '../../shared/store/changes.ts';
import { mostPurposes, PurposeName, purposes, purposesOf } from './purpose.ts';
import type { purposeRoutes } from './purpose-routes.ts';

/** the purpose of the path, or a refusal that names it */
const named = (given: string | undefined) => {
  const name = PurposeName.safeParse(given);
  if (!name.success) throw invalid(fieldErrors(name.error.issues, ['name']));
  return name.data;
};

export const putPurpose: UseCase<typeof purposeRoutes.putPurpose> = async ({ params, body }, { now, store }) => {
  const name = named(params.name);
  const all = await purposesOf(store);
  const before = all.find(purpose => purpose.name === name);
  if (!before && all.length >= mostPurposes) {
    throw new Refusal('conflict', 'purpose.too-many', `there are ${mostPurposes} purposes, and no more are kept`);
  }
  const { lawfulBasis, owner } = body;
  const said = say(purposeDeclared, { about: name, data: { lawfulBasis, owner } });
  if (!before) {
    const after = first(now, { name, ...body });
    return store.commit([insert(purposes, after), said], after);
  }
  const { version, createdAt } = before;
  const after = next(now, { name, ...body, version, createdAt, updatedAt: now }, {});
  return store.commit([update(purposes, before, after), said], after);
};
