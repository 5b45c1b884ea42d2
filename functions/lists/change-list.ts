import { listChanged } from '../../events/list.ts';
import { checkCondition, hiddenFrom } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { mergePatch } from '../shared/json.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { ListFields, lists, own } from './list.ts';

export const changeList: Handler<typeof routes.changeList> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, store } = ctx;
  const [before, hidden] = await Promise.all([own(ctx, id), hiddenFrom(ctx)]);
  const { name, kind, where, description, sharedWith } = before;
  // a condition is replaced as a whole
  const { where: condition = where, ...rest } = body;
  const fields = { ...(mergePatch({ name, kind, description, sharedWith }, rest) as object), where: condition };
  const after = updated(now, before, parse(ListFields, JSON.parse(JSON.stringify(fields))));
  if (body.where) checkCondition(after.where, ['where'], hidden);
  const data = { name: after.name, kind: after.kind };
  return store.commit([update(lists, before, after), emit(listChanged, { about: id, data })], after);
};
