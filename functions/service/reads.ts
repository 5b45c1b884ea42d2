import type { Store } from '../shared/store/store.ts';
import { bodyOf, type Text, type TextRef } from '../shared/text/searchable-text.ts';
import { type Case, caseMessages, cases } from './cases/case.ts';

const caseText = ({
  id,
  customerId,
  createdAt,
  number,
  subject,
  description,
  resolution,
  satisfaction,
}: Case): Text => ({
  id,
  customerId,
  at: createdAt,
  by: null,
  title: subject,
  body: bodyOf(description, resolution, satisfaction?.comment, number),
});

/** Searchable texts of cases, and of their messages under the subject of the case. */
export const caseTexts = async (store: Store, refs: TextRef[]): Promise<Text[]> => {
  const caseKeys = refs.map(({ id, within }) => ({ id: within ?? id }));
  const messageKeys = refs.flatMap(({ id, within }) => (within ? [{ id, caseId: within }] : []));
  const [found, messages] = await Promise.all([store.getAll(cases, caseKeys), store.getAll(caseMessages, messageKeys)]);
  const byId = new Map(found.map(one => [one.id as string, one]));
  const own = refs.flatMap(({ id, within }) => (within ? [] : (byId.get(id) ?? [])));
  const written = messages.flatMap(({ id, caseId, at, actor, body }): Text[] => {
    const one = byId.get(caseId);
    return one ? [{ id, within: caseId, customerId: one.customerId, at, by: actor, title: one.subject, body }] : [];
  });
  return [...own.map(caseText), ...written];
};
