import type { Random } from './random.ts';

/** two neighbouring letters swapped, one left out, or one typed twice */
export const mistyped = (random: Random, text: string) => {
  if (text.length < 4) return text;
  const at = random.int(1, text.length - 2);
  const [before, one, other, after] = [text.slice(0, at), text[at], text[at + 1], text.slice(at + 2)];
  return random.pick([
    `${before}${other}${one}${after}`,
    `${before}${other}${after}`,
    `${before}${one}${one}${other}${after}`,
  ]);
};

/** a name as typed */
export const typedName = (random: Random, name: string) =>
  random.weighted<(name: string) => string>([
    [same => same, 68],
    [loud => loud.toUpperCase(), 12],
    [small => small.toLowerCase(), 7],
    [wide => ` ${wide.replace(' ', '  ')} `, 7],
    [wrong => mistyped(random, wrong), 6],
  ])(name);

const local = (phone: string) => phone.replace(/^\+6[05]|^\+62/, '');

/** a phone number as written; about one in nine is missing */
export const typedPhone = (random: Random, phone: string) =>
  random.weighted<(phone: string) => string>([
    [same => same, 30],
    [bare => (bare.startsWith('+65') ? local(bare) : bare), 25],
    [apart => (apart.startsWith('+65') ? local(apart).replace(/^(....)/, '$1 ') : apart), 18],
    [dashed => (dashed.startsWith('+65') ? `(65) ${local(dashed).replace(/^(....)/, '$1-')}` : dashed), 8],
    [() => '', 8],
    [short => local(short).slice(0, -random.int(1, 2)), 4],
    [() => random.pick(['n/a', '-', 'no phone', 'TBC', 'ask wife', '00000000']), 4],
    [long => `${long}${random.digits(3)}`, 2],
    [two => `${local(two)} / ${random.pick(['6', '9'])}${random.digits(7)}`, 1],
  ])(phone);

/** an e-mail address as typed; some are missing, some are of another person */
export const typedEmail = (random: Random, email: string) =>
  random.weighted<(email: string) => string>([
    [same => same, 74],
    [loud => loud.toUpperCase(), 7],
    [wide => ` ${wide} `, 4],
    [wrong => mistyped(random, wrong.split('@')[0] ?? '').concat('@', wrong.split('@')[1] ?? ''), 4],
    [apart => apart.replace('@', ' at '), 2],
    [twice => twice.replace('@', '@@'), 1],
    [cut => cut.replace(/@.*/, '@'), 1],
    [comma => comma.replace(/\.(?=[^.]*$)/, ','), 2],
    [() => random.pick(['none', 'nil', 'n.a.', 'no email']), 3],
  ])(email);
