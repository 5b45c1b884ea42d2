import { activities } from '../activities/activity.ts';
import { commitments } from '../activities/commitment.ts';
import { documents } from '../activities/document.ts';
import { needs } from '../activities/need.ts';
import type { Entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { bodyOf, type Text, type TextRef } from '../shared/text/searchable-text.ts';

type Written = Pick<Text, 'at' | 'by' | 'title' | 'body'>;

/** how the records of a kind are read as texts */
const read =
  <T extends { id: string; customerId?: string | undefined }>(
    entity: Entity<T, { id: string }>,
    of: (one: T) => Written,
  ) =>
  async (store: Store, refs: TextRef[]): Promise<Text[]> => {
    const found = await store.getAll(
      entity,
      refs.map(({ id }) => ({ id })),
    );
    return found.map(one => ({ id: one.id, customerId: one.customerId ?? null, ...of(one) }));
  };

/** What people write down of customers, by the kind of record. */
export const texts = {
  activity: read(activities, ({ subject, body, outcome, by, occurredAt, createdAt }) => ({
    at: occurredAt ?? createdAt,
    by,
    title: subject,
    body: bodyOf(body, outcome),
  })),
  document: read(documents, ({ name, description, createdAt, versions }) => ({
    at: createdAt,
    by: versions[0]?.by ?? null,
    title: name,
    body: bodyOf(description),
  })),
  need: read(needs, ({ what, category, source, by, createdAt }) => ({
    at: createdAt,
    by,
    title: what,
    body: bodyOf(category, source),
  })),
  commitment: read(commitments, ({ subject, text, note, by, createdAt }) => ({
    at: createdAt,
    by,
    title: subject,
    body: bodyOf(text, note),
  })),
};
