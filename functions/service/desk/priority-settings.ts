import * as z from 'zod';
import { prioritySettingsChanged } from '../../../events/agent.ts';
import { CasePriority, CaseType } from '../../../events/case.ts';
import { settings } from '../../shared/store/settings.ts';
import { usualPriorities } from '../routing/usual-words.ts';
import { Labels, Words } from '../routing/words.ts';

export const PriorityRules = z.strictObject({
  labels: z.partialRecord(CasePriority, Labels).default({}),
  words: z
    .partialRecord(CasePriority, Words)
    .describe('the words that give a case a priority; the highest priority with a word in the text applies')
    .default({}),
  types: z
    .partialRecord(CaseType, CasePriority)
    .describe('the priority of cases of a type without such a word; of other types: normal')
    .default({}),
});

export const PrioritySettings = z.object({ ...PriorityRules.shape, version: z.int().min(0) });
export type PriorityRules = z.output<typeof PriorityRules>;

export const prioritySettings = settings('priority', PrioritySettings, {
  untilSet: () => structuredClone(usualPriorities) as unknown as PriorityRules,
  changed: prioritySettingsChanged,
  data: ({ types }) => ({ types }),
});
