import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areas, further, roles } from '../../functions/shared/http/roles.ts';
import { page, table } from './markdown.ts';

const held = (role: string, area: string) => {
  const has = (does: string) => roles[role]?.some(scope => scope === `${area}.${does}`);
  return has('write') ? 'read, write' : has('read') ? 'read' : '';
};

const names = Object.keys(roles);

/** what each role may do, as a table of areas and one of further scopes */
export const roleTables = (): string =>
  page(
    table(
      ['area', 'what it covers', ...names],
      Object.entries(areas).map(([area, what]) => [`\`${area}\``, what, ...names.map(role => held(role, area))]),
    ),
    table(
      ['scope', 'lets its holder', ...names],
      Object.entries(further).map(([scope, what]) => [
        `\`${scope}\``,
        what,
        ...names.map(role => (roles[role]?.includes(scope as never) ? 'yes' : '')),
      ]),
    ),
  ).trim();

const marks = /(<!-- roles -->)[\s\S]*(<!-- end of roles -->)/;

/** docs/security.md with the tables of today; all else in it is written by hand */
export const securityPage = (): string =>
  readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8')
    .replaceAll('\r\n', '\n')
    .replace(marks, (_, begin, end) => `${begin}\n\n${roleTables()}\n\n${end}`);
