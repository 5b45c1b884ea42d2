import type { Store } from '../../shared/store/store.ts';
import { bodyOf, type Text, type TextRef } from '../../shared/text/searchable-text.ts';
import { type Case, caseMessages, cases } from './case.ts';

/** a case as it was put and settled */
const told = ({ id, customerId, createdAt, number, subject, description, resolution, satisfaction }: Case): Text => ({
  id,
  customerId,
  at: createdAt,
  by: null,
  title: subject,
  body: bodyOf(description, resolution, satisfaction?.comment, number),
});

const casesOf = async (store: Store, ids: string[]) => {
  const found = await store.getAll(
    cases,
    ids.map(id => ({ id })),
  );
  return new Map(found.map(one => [one.id as string, one]));
};

const messagesOf = async (store: Store, refs: TextRef[]) =>
  store.getAll(
    caseMessages,
    refs.map(({ id, within = '' }) => ({ id, caseId: within })),
  );

/** What customers and agents write in cases: the cases themselves, and what is written on them, under the case's subject. */
export const caseTexts = async (store: Store, refs: TextRef[]): Promise<Text[]> => {
  const written = refs.filter(({ within }) => within);
  const [found, messages] = await Promise.all([
    casesOf(
      store,
      refs.map(({ id, within }) => within ?? id),
    ),
    messagesOf(store, written),
  ]);
  const own = refs.filter(({ within }) => !within).flatMap(({ id }) => found.get(id) ?? []);
  const said = messages.flatMap(({ id, caseId, at, actor, body }): Text[] => {
    const one = found.get(caseId);
    return one ? [{ id, within: caseId, customerId: one.customerId, at, by: actor, title: one.subject, body }] : [];
  });
  return [...own.map(told), ...said];
};
