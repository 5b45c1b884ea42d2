import * as z from 'zod';
import { Channel, LawfulBasis, Topic as TopicName } from '../../events/customer.ts';
import { TemplateId } from '../../events/ids.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { Duration, plus } from '../shared/time/duration.ts';

const mostLanguages = 40;
export const Language = z
  .string()
  .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'is not a language tag such as en-SG');

const byLanguage = (most: number) =>
  z
    .record(Language, z.string().trim().min(1, 'is empty').max(most))
    .refine(given => Object.keys(given).length <= mostLanguages, `are more than ${mostLanguages}`);

const shortest = '2000-01-01T00:00:00.000Z';

/** what a company says of a topic */
export const TopicFields = z
  .strictObject({
    name: z.string().trim().min(1, 'is empty').max(100),
    description: z.string().trim().min(1, 'is empty').max(500).optional(),
    names: byLanguage(100).optional().describe('the name in other languages'),
    descriptions: byLanguage(500).optional(),
    channels: z
      .array(Channel)
      .min(1, 'are none')
      .refine(given => new Set(given).size === given.length, 'are named twice'),
    doubleOptIn: z.boolean().default(false).describe('whether a grant counts only once it was confirmed by a link'),
    confirmTemplateId: TemplateId.optional().describe('what asks for it; `confirmUrl` and `topicName` are in scope'),
    purpose: z.string().max(64).optional(),
    category: z
      .string()
      .trim()
      .min(1, 'is empty')
      .max(100)
      .optional()
      .describe('of trackers’ `context.consent`: what an identified visitor says of it is said of the topic'),
    basis: LawfulBasis.default('consent').describe(
      'consent: nobody gets it who did not ask for it; every other basis: who did not object',
    ),
    validity: Duration.refine(
      text => !Duration.safeParse(text).success || plus(shortest, text) >= plus(shortest, 'P1D'),
      'is a day at least',
    )
      .optional()
      .describe('how long a grant counts'),
    hidden: z.boolean().default(false).describe('whether it is left out of the preference page'),
  })
  .refine(({ doubleOptIn, basis }) => !doubleOptIn || basis === 'consent', {
    path: ['doubleOptIn'],
    message: 'what nobody has to ask for needs no confirmation',
  });

/** Something that customers are written to about. */
export const Topic = z.object({ topic: TopicName, ...TopicFields.shape, ...stamps });
export type Topic = z.output<typeof Topic>;

const partition: [kind: string, id: string] = ['topics', 'all'];

export const topics = entity('topic', Topic, {
  onErase: 'not-personal',
  key: ({ topic }: { topic: string }) => ({ of: partition, part: topic }),
});

/** declared by one company; each is looked at whenever a message is decided */
export const mostTopics = 200;

const read = new WeakMap<Store, Promise<Topic[]>>();

/** The declared topics, by name; read once by a request or event, whatever number of decisions it takes. */
export const topicsOf = (store: Store): Promise<Topic[]> => {
  const all =
    read.get(store) ??
    store
      .partition(partition, { limit: mostTopics, upwards: true })
      .then(({ items }) => items.map(item => revive(topics, item)));
  read.set(store, all);
  return all;
};

/** whether saying nothing means yes */
export const unasked = ({ basis }: Pick<Topic, 'basis'>) => basis !== 'consent';

/** whether the customer may put an end to it: not to what a contract or the law demands */
export const mayEnd = ({ basis }: Pick<Topic, 'basis'>) =>
  basis === 'consent' || basis === 'legitimate-interests' || basis === 'public-task';
