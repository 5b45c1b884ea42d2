const isDate = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const oldestAge = 120;

export const canBeBorn = (date: string, now: string) => {
  const today = now.slice(0, 10);
  return isDate(date) && date <= today && Number(today.slice(0, 4)) - Number(date.slice(0, 4)) <= oldestAge;
};

/** The probable date of birth behind an impossible one: day and month swapped, or the century lost. */
export const likelyBirthday = (date: string, now: string): string | undefined => {
  if (canBeBorn(date, now)) return undefined;
  const [year = '', month = '', day = ''] = date.split('-');
  const inCentury = ['20', '19'].map(century => `${century}${year.slice(2)}-${month}-${day}`);
  const candidates = Number(year) < 100 ? inCentury : [`${year}-${day}-${month}`];
  return candidates.find(candidate => canBeBorn(candidate, now));
};
