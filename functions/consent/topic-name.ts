import type { Topic } from './topic.ts';

/** the entry for a language tag, or for its language alone */
export const inLanguage = <T>(by: Record<string, T> | undefined, locale: string | undefined): T | undefined => {
  const wanted = locale?.replaceAll('_', '-').toLowerCase();
  const find = (tag: string | undefined) =>
    Object.entries(by ?? {}).find(([name]) => name.replaceAll('_', '-').toLowerCase() === tag)?.[1];
  return find(wanted) ?? find(wanted?.split('-')[0]);
};

/** what a customer reads a topic by: its name in the customer's language, or what it is called here when nobody declared it */
export const topicName = (topic: Pick<Topic, 'name' | 'names'> | undefined, called: string, locale?: string): string =>
  inLanguage(topic?.names, locale) ?? topic?.name ?? called;
