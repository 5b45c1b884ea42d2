const oldest = 120;

const isDate = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** whether somebody who lives can have been born then */
export const canBeBorn = (date: string, now: string) => {
  const today = now.slice(0, 10);
  return isDate(date) && date <= today && Number(today.slice(0, 4)) - Number(date.slice(0, 4)) <= oldest;
};

/** A birthday that nobody living has, as it was probably meant: day and month the other way round, or its century lost. */
export const likelyBirthday = (date: string, now: string): string | undefined => {
  if (canBeBorn(date, now)) return undefined;
  const [year = '', month = '', day = ''] = date.split('-');
  const swapped = `${year}-${day}-${month}`;
  const inCentury = ['20', '19'].map(century => `${century}${year.slice(2)}-${month}-${day}`);
  const candidates = Number(year) < 100 ? inCentury : [swapped];
  return candidates.find(candidate => canBeBorn(candidate, now));
};
