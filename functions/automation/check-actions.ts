import { type Template, usableTemplates } from '../content/template.ts';
import { liquidFaults } from '../content/variables.ts';
import type { KnownNames, Unknown } from '../customer-facts/known-names.ts';
import { definedValues } from '../customers/attributes/defined-values.ts';
import { attributeNamed } from '../customers/attributes/definition.ts';
import { definitionOf, isComputed } from '../customers/attributes/definitions.ts';
import { withValue } from '../customers/attributes/paths.ts';
import { Profile } from '../customers/customer.ts';
import { redactionFor } from '../customers/reads.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import { programmes } from '../loyalty/programme.ts';
import type { Ctx } from '../shared/http/context.ts';
import { checked, fieldErrors } from '../shared/http/parse.ts';
import { webhookFault } from '../shared/http/webhook.ts';
import { textsIn } from '../shared/text/texts-in.ts';
import { type Action, namedValues, type Resolved } from './actions.ts';
import { type Journey, journeys } from './journeys/journey.ts';

/** an action with its path in the request */
export type Placed = { path: string; action: Action };

type Known = {
  names: KnownNames;
  settings: CustomerSettings;
  found: Map<string, Template>;
  started: Map<string, Journey>;
  given: Set<string>;
};

const under = (path: string, faults: Unknown[]) =>
  faults.map(one => ({ ...one, path: [path, one.path].filter(Boolean).join('.') }));

const sendFaults = (
  { templateId, topic, channel }: NonNullable<Action['send']>,
  { found, names }: Known,
): Unknown[] => {
  const template = found.get(templateId);
  if (template && channel && channel !== template.channel)
    return [{ path: 'channel', message: `the template is for ${template.channel}: leave channel out, or name that` }];
  if (!template) return [{ path: 'templateId', message: `there is no template ${templateId}` }];
  return topic === null ? [] : names.topic({ channel: template.channel, topic }, 'topic');
};

/** they tell customers apart: many cannot have the same */
const ofOne = /^(email|phone|externalId|kind|identifiers(\..+)?)$/;

const valueFault = (attribute: string, value: unknown, settings: CustomerSettings): string | undefined => {
  const appliesTo = definitionOf(settings, attribute)?.appliesTo ?? 'person';
  const profile = checked(Profile, withValue({ kind: appliesTo, name: 'Any' }, attribute, value));
  if (!profile.success) return fieldErrors(profile.error.issues)[0]?.message;
  return definedValues(profile.data, undefined, settings, 'values').errors[0]?.message;
};

const setFaults = (values: NonNullable<Action['set']>, { settings, names }: Known): Unknown[] =>
  Object.entries(values).flatMap(([path, value]): Unknown[] => {
    const attribute = attributeNamed(path);
    if (!attribute) return [{ path, message: 'is not the name of an attribute such as attributes.stage or locale' }];
    if (ofOne.test(attribute)) return [{ path, message: 'tells customers apart: it cannot be set for all of them' }];
    const definition = definitionOf(settings, attribute);
    if (definition && isComputed(definition)) return [{ path, message: 'is computed and cannot be set' }];
    const message = value === null ? undefined : valueFault(attribute, value, settings);
    return message ? [{ path, message }] : under(path, names.attribute(attribute, '', 'any value is taken'));
  });

const webhookFaults = ({ url, body }: NonNullable<Action['webhook']>): Unknown[] => {
  const fault = webhookFault(url);
  const ofTexts = textsIn(body, ['body']).flatMap(({ text, path }) =>
    liquidFaults(text).map(({ message }) => ({ path: path.join('.'), message })),
  );
  return [...(fault ? [{ path: 'url', message: fault }] : []), ...ofTexts];
};

const startFaults = (id: string, { started }: Known): Unknown[] => {
  const journey = started.get(id);
  if (!journey || journey.archivedAt) return [{ path: '', message: `there is no journey ${id}` }];
  return journey.state === 'cancelled' ? [{ path: '', message: `the journey ${id} is cancelled for good` }] : [];
};

const pointsFaults = ({ programme }: NonNullable<Action['points']>, { given }: Known): Unknown[] =>
  given.has(programme) ? [] : [{ path: 'programme', message: `there is no loyalty programme ${programme}` }];

const faultsOf = ({ send, set, webhook, points, start }: Action, known: Known): Unknown[] => {
  if (send) return under('send', sendFaults(send, known));
  if (set) return under('set', setFaults(set, known));
  if (webhook) return under('webhook', webhookFaults(webhook));
  if (points) return under('points', pointsFaults(points, known));
  return start ? under('start', startFaults(start, known)) : [];
};

/** What is wrong with actions, and the channels of their templates. Refuses what the caller may not overwrite. */
export const checkActions = async (
  placed: Placed[],
  names: KnownNames,
  ctx: Ctx,
): Promise<{ faults: Unknown[]; channels: Resolved['channels'] }> => {
  const { store } = ctx;
  const actions = placed.map(({ action }) => action);
  const ids = actions.flatMap(({ send }) => send?.templateId ?? []);
  const starts = [...new Set(actions.flatMap(({ start }) => start ?? []))];
  const given = [...new Set(actions.flatMap(({ points }) => points?.programme ?? []))];
  const [settings, its, started, veil, programme] = await Promise.all([
    settingsOf(store),
    usableTemplates(store, ids),
    store.getByIds(journeys, starts),
    redactionFor(ctx),
    store.getAll(
      programmes,
      given.map(id => ({ id })),
    ),
  ]);
  veil.rejectHiddenPaths(actions.flatMap(({ set = {} }) => Object.keys(namedValues(set))));
  const known: Known = {
    names,
    settings,
    found: new Map(its.map(template => [template.id as string, template])),
    started: new Map(started.map(journey => [journey.id as string, journey])),
    given: new Set(programme.map(({ id }) => id as string)),
  };
  return {
    faults: placed.flatMap(({ path, action }) => under(path, faultsOf(action, known))),
    channels: Object.fromEntries(its.map(({ id, channel }) => [id, channel])),
  };
};
