import * as z from 'zod';
import { Channel, LawfulBasis, Topic as TopicName } from '../../events/customer.ts';
import { TemplateId } from '../../events/ids.ts';
import { LanguageTag, line, prose } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { recordPage } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { Duration, plus } from '../shared/time/duration.ts';

const mostLanguages = 40;

const byLanguage = (most: number) =>
  z
    .record(LanguageTag, prose(most))
    .refine(given => Object.keys(given).length <= mostLanguages, `has more than ${mostLanguages} languages`);

const shortest = '2000-01-01T00:00:00.000Z';

export const TopicFields = z
  .strictObject({
    name: line(100),
    description: prose(500).optional(),
    names: byLanguage(100).optional().describe('the name in other languages'),
    descriptions: byLanguage(500).optional(),
    channels: z
      .array(Channel)
      .min(1, 'is empty')
      .refine(given => new Set(given).size === given.length, 'has duplicates'),
    doubleOptIn: z.boolean().default(false).describe('whether a grant counts only once it is confirmed by a link'),
    confirmTemplateId: TemplateId.optional().describe(
      'the message with the link; it can use `confirmUrl` and `topicName`',
    ),
    purpose: z.string().max(64).optional(),
    category: line(100)
      .optional()
      .describe('a category of the trackers’ `context.consent`; choices of identified visitors apply to the topic'),
    basis: LawfulBasis.default('consent').describe('consent: opt-in; every other basis: opt-out'),
    validity: Duration.refine(
      text => !Duration.safeParse(text).success || plus(shortest, text) >= plus(shortest, 'P1D'),
      'is less than a day',
    )
      .optional()
      .describe('how long a grant is valid'),
    hidden: z.boolean().default(false).describe('whether it is omitted from the preference page'),
  })
  .refine(({ doubleOptIn, basis }) => !doubleOptIn || basis === 'consent', {
    path: ['doubleOptIn'],
    message: 'is for topics with the basis consent only',
  });

/** A subject of messages that customers can choose. */
export const Topic = z.object({ topic: TopicName, ...TopicFields.shape, ...stamps });
export type Topic = z.output<typeof Topic>;

export const topicPartition: [kind: string, id: string] = ['topics', 'all'];

export const topics = entity('topic', Topic, {
  onErase: 'not-personal',
  key: ({ topic }: { topic: string }) => ({ of: topicPartition, part: topic }),
});

export const mostTopics = 200;

const read = new WeakMap<Store, Promise<Topic[]>>();

/** The topics, by name; read once per request or event. */
export const topicsOf = (store: Store): Promise<Topic[]> => {
  const paging = { limit: mostTopics, upwards: true };
  const all = read.get(store) ?? recordPage(store, topics, topicPartition, paging).then(({ items }) => items);
  read.set(store, all);
  return all;
};

/** whether it is sent to all who have not objected */
export const isOptOut = ({ basis }: Pick<Topic, 'basis'>) => basis !== 'consent';

/** whether the customer can unsubscribe: not from what a contract or the law requires */
export const isOptional = ({ basis }: Pick<Topic, 'basis'>) =>
  basis === 'consent' || basis === 'legitimate-interests' || basis === 'public-task';

/** the entry for a language tag, or for its language alone */
export const inLanguage = <T>(by: Record<string, T> | undefined, locale: string | undefined): T | undefined => {
  const wanted = locale?.replaceAll('_', '-').toLowerCase();
  const find = (tag: string | undefined) =>
    Object.entries(by ?? {}).find(([name]) => name.replaceAll('_', '-').toLowerCase() === tag)?.[1];
  return find(wanted) ?? find(wanted?.split('-')[0]);
};

/** the name in the customer's language, or `fallback` for an undeclared topic */
export const topicName = (topic: Pick<Topic, 'name' | 'names'> | undefined, fallback: string, locale?: string) =>
  inLanguage(topic?.names, locale) ?? topic?.name ?? fallback;
