import * as z from 'zod';
import { preferenceSettingsChanged } from '../../events/consent.ts';
import { LanguageTag, line } from '../shared/fields.ts';
import { settings } from '../shared/store/settings.ts';
import { Email } from '../shared/text/email.ts';
import { en, type Phrases } from './phrases/en.ts';

const channelOf = (hex: string) => {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

/** contrast of a colour (#rrggbb) with white, 1 to 21 (WCAG 2) */
const contrastWithWhite = (colour: string) => {
  const [red = 0, green = 0, blue = 0] = (colour.slice(1).match(/../g) ?? []).map(channelOf);
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
};

/** WCAG 2 AA, of text on white and white on a button */
const leastContrast = 4.5;

export const Colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour such as #1a4fb4')
  .refine(
    colour => !/^#[0-9a-fA-F]{6}$/.test(colour) || contrastWithWhite(colour) >= leastContrast,
    `is too light: its contrast with white must be at least ${leastContrast}`,
  );

const Phrase = line(500);
const OwnPhrases = z.strictObject(
  Object.fromEntries(Object.keys(en).map(name => [name, Phrase.optional()])) as Record<
    keyof Phrases,
    z.ZodOptional<typeof Phrase>
  >,
);

const mostLanguages = 20;

const notAnAddress = 'is not an address such as https://example.com/logo.png';

/** the address of an image */
export const Logo = z
  .string()
  .max(500)
  .regex(/^https:\/\/[\w.-]+(:\d+)?\/\S*$/, { error: notAnAddress, abort: true })
  .refine(address => URL.canParse(address), notAnAddress);

/** the look and texts of the pages and messages for customers */
export const PreferenceRules = z.strictObject({
  name: line(100)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line')
    .optional()
    .describe('the name of the company for customers'),
  colour: Colour.optional(),
  logo: Logo.optional().describe('the address of an image, shown in place of the name'),
  languages: z
    .array(LanguageTag)
    .max(mostLanguages)
    .default([])
    .describe('languages that customers can choose; the first is for those whose language is unknown'),
  repliesTo: Email.optional().describe(
    'the address that receives replies: without it, no message invites the customer to reply to it',
  ),
  phrases: z
    .record(LanguageTag, OwnPhrases)
    .refine(given => Object.keys(given).length <= mostLanguages, `has more than ${mostLanguages} languages`)
    .default({})
    .describe('own texts of the pages and messages by language; built in: en, de, fr, es, zh'),
  keepNetwork: z
    .boolean()
    .default(false)
    .describe('whether IP address and browser are stored as proof of a confirmation'),
});
export type PreferenceRules = z.output<typeof PreferenceRules>;

export const PreferenceSettings = z.object({ ...PreferenceRules.shape, version: z.int().min(0) });
export type PreferenceSettings = z.output<typeof PreferenceSettings>;

export const preferenceSettings = settings('preferences', PreferenceSettings, {
  untilSet: () => ({ languages: [], phrases: {}, keepNetwork: false }),
  changed: preferenceSettingsChanged,
  data: ({ phrases: _, ...rules }) => rules,
});
