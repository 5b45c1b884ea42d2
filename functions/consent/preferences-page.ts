import { channels } from '../../events/customer.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { escaped } from '../shared/http/html-page.ts';
import { type Choice, choiceName, choicesOf, isChecked } from './choices.ts';
import { branded, channelWord, type Words } from './page.ts';
import type { PreferenceSettings } from './preference-settings.ts';
import { inLanguage, topicName } from './topic.ts';
import type { Current, Visitor } from './visitor.ts';

const notesOf = ({ topic, status, optional }: Choice, words: Words) => {
  const described = inLanguage(topic.descriptions, words.locale) ?? topic.description;
  const state = !optional ? words.always : status === 'pending' ? words.pending : undefined;
  return [described, state].filter(text => text !== undefined);
};

const boxOf = (choice: Choice, words: Words) => {
  const name = escaped(choiceName(choice));
  const notes = notesOf(choice, words);
  const about = notes.length ? ` aria-describedby="${name}-note"` : '';
  const note = notes.length ? `<small id="${name}-note">${notes.map(escaped).join('<br>')}</small>` : '';
  const label = escaped(topicName(choice.topic, choice.topic.topic, words.locale));
  if (!choice.optional) return `<p>${label}${note}</p>`;
  const box = `<input type="checkbox" name="on" value="${name}"${about}${isChecked(choice) ? ' checked' : ''}>`;
  return `<label>${box}${label}</label>${note}<input type="hidden" name="shown" value="${name}">`;
};

const fieldsets = (choices: Choice[], words: Words) =>
  channels
    .map(channel => {
      const boxes = choices.filter(choice => choice.channel === channel).map(choice => boxOf(choice, words));
      const legend = `<legend>${escaped(channelWord(words, channel))}</legend>`;
      return boxes.length ? `<fieldset>${legend}${boxes.join('')}</fieldset>` : '';
    })
    .join('');

type Option = [value: string, label: string];

/** a list to choose one of, or none; no list where there is nothing to choose from */
const select = (name: string, label: string, none: string, options: Option[], chosen = '') => {
  if (!options.length) return '';
  const shown = [['', none] as Option, ...options].map(
    ([value, text]) =>
      `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(text)}</option>`,
  );
  return `<p><label for="${name}">${escaped(label)}</label><select id="${name}" name="${name}">${shown.join('')}</select></p>`;
};

const languageName = (tag: string) => new Intl.DisplayNames([tag, 'en'], { type: 'language' }).of(tag) ?? tag;

/** the languages that a customer can choose, its own first */
export const languagesFor = ({ languages }: PreferenceSettings, { locale }: Pick<StoredCustomer, 'locale'>) => [
  ...new Set([...(locale ? [locale] : []), ...languages].map(tag => tag.replaceAll('_', '-'))),
];

const selects = (visitor: Visitor, { customer }: Current, choices: Choice[]) => {
  const { words, settings } = visitor;
  const offered = channels.filter(
    channel => channel === customer.preferredChannel || choices.some(choice => choice.channel === channel),
  );
  const languages = languagesFor(settings, customer);
  const channelOptions = offered.map((channel): Option => [channel, channelWord(words, channel)]);
  const languageOptions = languages.map((tag): Option => [tag, languageName(tag)]);
  const language = customer.locale?.replaceAll('_', '-');
  return [
    select('channel', words.preferredChannel, words.noChoice, channelOptions, customer.preferredChannel),
    select('language', words.languageLabel, words.noChoice, languageOptions, language),
  ].join('');
};

/** The page of a customer's choices, with a notice after saving; the form posts to the address of the page itself. */
export const preferencesPage = (visitor: Visitor, current: Current, notice?: string) => {
  const { words, topics } = visitor;
  const choices = choicesOf(topics, current.consents);
  const status = notice ? `<p role="status">${escaped(notice)}</p>` : '';
  const intro = escaped(choices.length ? words.intro : words.nothing);
  const save = `<p><button type="submit" name="do" value="save">${escaped(words.save)}</button></p>`;
  const end = `<p><button class="second" type="submit" name="do" value="end-all">${escaped(words.unsubscribeAll)}</button></p>`;
  const form = `<form method="post">${fieldsets(choices, words)}${selects(visitor, current, choices)}${save}${end}</form>`;
  return branded(visitor, { title: words.title, body: `${status}<p>${intro}</p>${form}` });
};
