import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BusEvent, type Heard, hears } from './hears.ts';

export const heardFile = 'heard.json';

let heard: Record<string, Heard[]> | undefined;

/** The names of the functions with a reaction to an event; see lib/code.ts for the file. */
export const listenersTo = (event: BusEvent): string[] => {
  heard ??= JSON.parse(readFileSync(join(import.meta.dirname, 'files', heardFile), 'utf8')) as Record<string, Heard[]>;
  return Object.keys(heard).filter(name => heard?.[name]?.some(one => hears(one, event)));
};
