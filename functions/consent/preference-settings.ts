import * as z from 'zod';
import { preferenceSettingsChanged } from '../../events/consent.ts';
import { LanguageTag, line } from '../shared/fields.ts';
import { settings } from '../shared/store/settings.ts';
import type { Store } from '../shared/store/store.ts';

/** Texts of the pages for customers, in English; a company sets other languages. `…` is replaced. */
export const phrases = {
  title: 'Your preferences',
  intro: 'Choose what you would like to hear about, and how.',
  channelEmail: 'E-mail',
  channelSms: 'SMS',
  channelPush: 'Push notifications',
  channelWebhook: 'Other systems',
  channelInapp: 'In the app',
  channelWhatsapp: 'WhatsApp',
  channelPhone: 'Phone calls',
  channelPost: 'Post',
  always: 'Always on: you get these as long as you are our customer.',
  pending: 'Waiting for you to confirm it by the link that we sent.',
  preferredChannel: 'Preferred channel',
  languageLabel: 'Language',
  noChoice: 'No preference',
  save: 'Save',
  unsubscribeAll: 'Unsubscribe from all',
  saved: 'Your preferences are saved.',
  savedPending: 'Your preferences are saved. We sent you a link: please use it to confirm what is new.',
  notPossible: 'This could not be saved, since we have no address of yours for it: …',
  allEnded: 'You are unsubscribed from everything you can unsubscribe from.',
  nothing: 'There is nothing to choose from at the moment.',
  confirmTitle: 'Please confirm',
  confirmText: 'You will get … from us.',
  confirmButton: 'Yes, I agree',
  confirmed: 'Thank you',
  confirmedText: 'You will get … from us. You can end it at any time.',
  invalidTitle: 'This link is not valid',
  invalidText: 'Please use the link exactly as it was in the message.',
  expiredTitle: 'This link is no longer valid',
  expiredText:
    'It has expired, or was replaced by a newer one. Please use the link in the latest message that you got.',
  manage: 'All your preferences',
} as const;

export type Phrases = Record<keyof typeof phrases, string>;

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

const Colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour such as #1a4fb4')
  .refine(
    colour => !/^#[0-9a-fA-F]{6}$/.test(colour) || contrastWithWhite(colour) >= leastContrast,
    `is too light: its contrast with white must be at least ${leastContrast}`,
  );

const Phrase = line(500);
const OwnPhrases = z.strictObject(
  Object.fromEntries(Object.keys(phrases).map(name => [name, Phrase.optional()])) as Record<
    keyof typeof phrases,
    z.ZodOptional<typeof Phrase>
  >,
);

const mostLanguages = 20;

/** the look and texts of the preference and confirmation pages */
export const PreferenceRules = z.strictObject({
  name: line(100)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line')
    .optional()
    .describe('the name of the company for customers'),
  colour: Colour.optional(),
  languages: z.array(LanguageTag).max(mostLanguages).default([]).describe('languages that customers can choose'),
  phrases: z
    .record(LanguageTag, OwnPhrases)
    .refine(given => Object.keys(given).length <= mostLanguages, `has more than ${mostLanguages} languages`)
    .default({})
    .describe('texts of the pages by language; default: English'),
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

export const brandOf = ({ name }: PreferenceRules, { tenant }: Pick<Store, 'tenant'>) => name ?? tenant;
