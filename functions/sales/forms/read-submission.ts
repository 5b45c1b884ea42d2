import type { FieldError } from '../../shared/http/api-error.ts';
import { isObject } from '../../shared/json.ts';
import { Email } from '../../shared/text/email.ts';
import { type Field, type Form, fillsOf } from './form.ts';

type Given = Record<string, unknown>;
type Value = string | number | boolean;

/** a posted form or JSON as fields; undefined for anything else */
export const fieldsIn = (raw: Buffer, type = ''): Given | undefined => {
  const text = raw.toString();
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(text);
    return Object.fromEntries(
      [...form.keys()].map(name => [name, name === 'topics' ? form.getAll(name) : form.get(name)]),
    );
  }
  try {
    const found: unknown = JSON.parse(text);
    return isObject(found) ? found : undefined;
  } catch {
    return undefined;
  }
};

const most = 2000;

/** a value as its field takes it, or what is wrong with it */
const readValue = ({ type, options = [] }: Field, given: unknown): Value | { fault: string } => {
  if (type === 'boolean') {
    if (typeof given === 'boolean') return given;
    return ['on', 'true', 'yes', '1'].includes(String(given))
      ? true
      : given === 'false'
        ? false
        : { fault: 'must be true or false' };
  }
  if (type === 'number') {
    const number = typeof given === 'string' ? Number(given.trim()) : given;
    return typeof number === 'number' && Number.isFinite(number) ? number : { fault: 'must be a number' };
  }
  if (typeof given !== 'string') return { fault: 'must be a text' };
  const text = given.replace(/\p{Cc}+/gu, ' ').trim();
  if (text.length > most) return { fault: `has more than ${most} letters` };
  if (type === 'email') return Email.safeParse(text).data ?? { fault: 'is not an e-mail address' };
  if (type === 'phone' && text.length > 40) return { fault: 'is not a phone number' };
  return type === 'choice' && !options.includes(text) ? { fault: `is none of: ${options.join(', ')}` } : text;
};

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && !value.trim());

export type Submission = {
  contact: { name?: string; email?: string; phone?: string; company?: string };
  interest: string | null;
  topics: string[];
};

/** What a visitor submitted, by the parts of a lead, and everything that is wrong with it. Pure. */
export const readSubmission = (
  form: Form,
  { topics: asked, ...given }: Given,
): { faults: FieldError[] } | Submission => {
  const faults: FieldError[] = [];
  const known = new Set([...form.fields.map(({ name }) => name), form.honeypot]);
  for (const path of Object.keys(given))
    if (!known.has(path)) faults.push({ path, message: 'is no field of the form' });
  const values = new Map<Field, Value>();
  for (const field of form.fields) {
    const value = given[field.name];
    if (isEmpty(value)) {
      if (field.required) faults.push({ path: field.name, message: 'is required' });
      continue;
    }
    const read = readValue(field, value);
    if (typeof read === 'object') faults.push({ path: field.name, message: read.fault });
    else values.set(field, read);
  }
  const topics = [...new Set([asked ?? []].flat())].map(String);
  for (const [nth, topic] of topics.entries())
    if (!form.topics.includes(topic)) faults.push({ path: `topics.${nth}`, message: 'is no topic of the form' });
  const part = (name: string) => [...values].find(([field]) => fillsOf(field) === name)?.[1];
  const contact = Object.fromEntries(
    (['name', 'email', 'phone', 'company'] as const).flatMap(name => {
      const value = part(name);
      return value === undefined ? [] : [[name, String(value).slice(0, 200)]];
    }),
  );
  if (!faults.length && !contact.name && !contact.email)
    faults.push({ path: '', message: 'needs a name or an e-mail address' });
  if (!faults.length && topics.length && !contact.email)
    faults.push({ path: 'topics', message: 'need an e-mail address, to which the link to confirm them is sent' });
  if (faults.length) return { faults };
  const others = [...values]
    .filter(([field]) => !fillsOf(field))
    .map(([{ label, name }, value]) => `${label ?? name}: ${value}`);
  const told = [part('interest'), ...others].filter(one => one !== undefined).join('; ');
  return { contact, topics, interest: told.slice(0, 200) || null };
};
