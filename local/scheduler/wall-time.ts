/** Minutes and dates on the wall clock of a time zone. A wall time is written as epoch milliseconds as if it were UTC. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string) => {
  let format = formats.get(zone);
  if (!format) {
    const fields = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
    formats.set(zone, format);
  }
  return format;
};

export const isZone = (zone: string) => {
  try {
    return Boolean(formatOf(zone));
  } catch {
    return false;
  }
};

/** what the wall clock of `zone` shows at `time` */
export const wallTime = (time: number, zone: string) => {
  if (zone === 'UTC') return time;
  const parts = formatOf(zone).formatToParts(time);
  const field = (type: string) => Number(parts.find(part => part.type === type)?.value);
  const wall = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return wall + (((time % 1000) + 1000) % 1000);
};

/** When the wall clock of `zone` first shows `wall`; undefined when daylight saving time skips it. */
export const whenWallShows = (wall: number, zone: string) => {
  if (zone === 'UTC') return wall;
  const day = 86_400_000;
  // the offsets a day before and after cover both sides of a change
  const offsets = [wall - day, wall + day].map(near => wallTime(near, zone) - near);
  const times = offsets.map(offset => wall - offset).filter(time => wallTime(time, zone) === wall);
  return times.length ? Math.min(...times) : undefined;
};

/** the same, but for a skipped wall time the moment it would have been without the change */
export const whenWallShowsOrWould = (wall: number, zone: string) => {
  const dayBefore = wall - 86_400_000;
  return whenWallShows(wall, zone) ?? wall - (wallTime(dayBefore, zone) - dayBefore);
};
