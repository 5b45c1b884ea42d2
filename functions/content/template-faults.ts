import type { KnownNames, Unknown } from '../customer-facts/known-names.ts';
import { type Template, withoutProvider } from './template.ts';

type Chosen = { templateId: string; template: Template | undefined; topic: string | null };

/** What keeps messages of a template from being sent on a topic. */
export const templateFaults = ({ templateId, template, topic }: Chosen, names: KnownNames): Unknown[] => {
  const path = 'templateId';
  if (!template) return [{ path, message: `there is no template ${templateId}` }];
  const { channel } = template;
  return [
    ...withoutProvider(channel).map(one => ({ ...one, path })),
    ...(topic === null ? [] : names.topic({ channel, topic }, 'topic')),
  ];
};
