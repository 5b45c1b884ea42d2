import * as z from 'zod';
import { entity, main } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { contrast } from './contrast.ts';
import { phrases } from './phrases.ts';
import { Language } from './topic.ts';

/** of text on white and of white on a button, WCAG 2 AA */
const leastContrast = 4.5;

const Colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour such as #1a4fb4')
  .refine(
    colour => !/^#[0-9a-fA-F]{6}$/.test(colour) || contrast(colour, '#ffffff') >= leastContrast,
    `is too light to be read beside white: its contrast is less than ${leastContrast}`,
  );

const Phrase = z.string().trim().min(1, 'is empty').max(500);
const Phrases = z.strictObject(
  Object.fromEntries(Object.keys(phrases).map(name => [name, Phrase.optional()])) as Record<
    keyof typeof phrases,
    z.ZodOptional<typeof Phrase>
  >,
);

const mostLanguages = 20;

/** how the pages look and speak on which customers say what they want, and what is kept of who visits them */
export const PreferenceRules = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(100)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line')
    .optional()
    .describe('what customers know the company by'),
  colour: Colour.optional(),
  languages: z.array(Language).max(mostLanguages).default([]).describe('what a customer can choose from'),
  phrases: z
    .record(Language, Phrases)
    .refine(given => Object.keys(given).length <= mostLanguages, `are of more than ${mostLanguages} languages`)
    .default({})
    .describe('the words of the pages by language; English ones where there are none'),
  keepNetwork: z
    .boolean()
    .default(false)
    .describe('whether address and browser of who confirms a consent are kept as part of the proof'),
});
export type PreferenceRules = z.output<typeof PreferenceRules>;

export const PreferenceSettings = z.object({ ...PreferenceRules.shape, version: z.int().min(0) });
export type PreferenceSettings = z.output<typeof PreferenceSettings>;

export const preferenceSettings = entity('preference-settings', PreferenceSettings, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'preferences'], part: main }),
});

const untilSet: PreferenceSettings = { languages: [], phrases: {}, keepNetwork: false, version: 0 };

export const preferenceSettingsOf = async (store: Store): Promise<PreferenceSettings> =>
  (await store.get(preferenceSettings, {})) ?? untilSet;

/** what customers know the company by */
export const brandOf = ({ name }: PreferenceRules, { tenant }: Pick<Store, 'tenant'>) => name ?? tenant;
