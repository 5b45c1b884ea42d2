import type { Crm } from '../crm.ts';

/** the story did not go as expected */
export class StoryFailed extends Error {}

export type Mail = { subject: string; text: string; headers: { name: string; value: string }[] };

/** Tells a story line by line while it happens, and holds the CRM to it. */
export const teller = (crm: Crm, email: string, log: (line: string) => void) => {
  let mails = 0;

  const expect = (holds: unknown, what: string) => {
    if (!holds) throw new StoryFailed(`the story expected that ${what}`);
  };

  const crmDid = (what: string) => log(`      ▸ ${what}`);

  return {
    expect,
    /** one of the twelve steps, and the day it happens by the CRM's clock */
    chapter: async (nth: number, title: string) => {
      log('');
      log(`  ${String(nth).padStart(2)}  ${title.padEnd(24)}${(await crm.now()).slice(0, 10)}`);
    },
    /** what a person does */
    did: (what: string) => log(`      ${what}`),
    crmDid,
    /** what has been mailed since the last time, when all is quiet; exactly the ones named, by a part of their subject */
    mailed: async (...subjects: string[]): Promise<Mail[]> => {
      await crm.idle();
      const all = (await crm.outbox(email)) as Mail[];
      const fresh = all.slice(mails);
      mails = all.length;
      for (const { subject } of fresh) crmDid(`mail “${subject}”`);
      const missing = subjects.filter(part => !fresh.some(({ subject }) => subject.includes(part)));
      expect(
        !missing.length,
        `a mail says “${missing[0]}”; there came ${JSON.stringify(fresh.map(one => one.subject))}`,
      );
      expect(fresh.length === subjects.length, `${subjects.length} mails come, not ${fresh.length}`);
      return fresh;
    },
    mails: () => mails,
  };
};

export type Teller = ReturnType<typeof teller>;
