import { nysiis } from './nysiis.ts';
import { soundex } from './soundex.ts';

type Sounds = { nysiis: string; soundex: string };

/** names are few and come again: so many of them are remembered */
const most = 10_000;
const remembered = new Map<string, Sounds>();

/** how a name sounds */
export const soundsOf = (name: string): Sounds => {
  const known = remembered.get(name);
  if (known) return known;
  const sounds = { nysiis: nysiis(name), soundex: soundex(name) };
  if (remembered.size === most) remembered.clear();
  remembered.set(name, sounds);
  return sounds;
};
