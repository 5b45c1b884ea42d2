import { purposeDeclared } from '../../../events/purpose.ts';
import { ApiError, invalid } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { fieldErrors } from '../../shared/http/parse.ts';
import { created, emit, insert, update, updated } from '../../shared/store/changes.ts';
import { mostPurposes, PurposeName, purposes, purposesOf } from './purpose.ts';
import type { purposeRoutes } from './purpose-routes.ts';

/** the purpose of the path, or a refusal that names it */
const named = (given: string | undefined) => {
  const name = PurposeName.safeParse(given);
  if (!name.success) throw invalid(fieldErrors(name.error.issues, ['name']));
  return name.data;
};

export const putPurpose: Handler<typeof purposeRoutes.putPurpose> = async ({ params, body }, { now, store }) => {
  const name = named(params.name);
  const all = await purposesOf(store);
  const before = all.find(purpose => purpose.name === name);
  if (!before && all.length >= mostPurposes) {
    throw new ApiError('conflict', 'purpose.too-many', `there are ${mostPurposes} purposes, and no more are kept`);
  }
  const { lawfulBasis, owner } = body;
  const said = emit(purposeDeclared, { about: name, data: { lawfulBasis, owner } });
  if (!before) {
    const after = created(now, { name, ...body });
    return store.commit([insert(purposes, after), said], after);
  }
  const { version, createdAt } = before;
  const after = updated(now, { name, ...body, version, createdAt, updatedAt: now }, {});
  return store.commit([update(purposes, before, after), said], after);
};
