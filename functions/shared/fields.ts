import * as z from 'zod';
import { isTimeZone } from './time/zone.ts';

/** a text of one line: line breaks and other control characters become spaces */
export const line = (most: number) =>
  z
    .string()
    .overwrite(text => text.replace(/\p{Cc}+/gu, ' '))
    .trim()
    .min(1, 'is empty')
    .max(most);

/** an id that another system made: as it is written there */
export const foreignId = (most: number) => z.string().trim().min(1, 'is empty').max(most);

export const prose = (most: number) => z.string().trim().min(1, 'is empty').max(most);

export const Day = z.iso.date('is not a date (YYYY-MM-DD)');

export const UserId = line(128).meta({ examples: ['5f0c'] });

export const AnyId = z
  .string()
  .regex(/^[a-z]{2,5}_[0-9a-z]{26}$/, 'is not an id')
  .meta({ examples: ['case_01jd5e7k3m9q2r4t6v8w0x1y2z'] });

export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is up to 40 small letters, digits and dashes, beginning with a letter');

/** an id that the company chose */
export const Key = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be 1 to 64 letters, digits, dots, dashes and underscores, starting with a letter or digit',
  );

export const TimeZone = z.string().max(60).refine(isTimeZone, 'must be an IANA time zone such as Asia/Singapore');

export const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'is two letters, ISO 3166-1')
  .describe('ISO 3166-1, two letters');

export const LanguageTag = z
  .string()
  .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'is not a language tag such as en or en-SG');

/** an object of optional fields of which one is given */
export const exactlyOne = <S extends z.ZodRawShape>(shape: S) =>
  z
    .strictObject(shape)
    .refine(
      given => Object.values(given).filter(value => value !== undefined).length === 1,
      `must be exactly one of ${Object.keys(shape).join(', ')}`,
    );
