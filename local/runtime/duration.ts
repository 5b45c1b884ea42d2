const shape =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The instant an ISO 8601 duration (`P14D`, `PT4H`) after `from`, in epoch milliseconds; undefined when it is none. */
export const after = (from: number, duration: string): number | undefined => {
  const parts = shape
    .exec(duration)
    ?.slice(1)
    .map(part => Number(part ?? 0));
  if (!parts) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  const date = new Date(from);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months);
  const result =
    date.getTime() + (weeks * 7 + days) * 86_400_000 + hours * 3_600_000 + minutes * 60_000 + seconds * 1000;
  return Number.isFinite(result) ? result : undefined;
};
