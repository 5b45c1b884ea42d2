import { hygieneSettingsChanged } from '../../events/hygiene.ts';
import { checkCondition, hiddenFrom } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, insert, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { nightly } from './hygiene/nightly.ts';
import { hygieneSettings, type StoredHygiene, unset } from './hygiene/rules.ts';

export const putHygieneRules: Handler<typeof routes.putHygieneRules> = async ({ body }, ctx) => {
  const { store } = ctx;
  const [before, hidden] = await Promise.all([store.get(hygieneSettings, {}), hiddenFrom(ctx)]);
  for (const [nth, { where }] of body.rules.entries()) checkCondition(where, ['rules', String(nth), 'where'], hidden);
  const settings = { ...body, version: (before?.version ?? 0) + 1 };
  const { jobId, changes } = await nightly(before ?? unset(), settings, ctx);
  const after: StoredHygiene = { ...settings, ...(jobId ? { jobId } : {}) };
  return store.commit(
    [
      before ? update(hygieneSettings, before, after) : insert(hygieneSettings, after),
      ...changes,
      emit(hygieneSettingsChanged, { about: 'hygiene', data: body }),
    ],
    after,
  );
};
