const quoted = (value: string, separator: string) =>
  value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** rows as CSV (RFC 4180) with their columns as header */
export const csvOf = (rows: Record<string, string | number>[], separator = ',') => {
  const columns = Object.keys(rows[0] ?? {});
  const line = (values: (string | number)[]) => values.map(value => quoted(String(value), separator)).join(separator);
  return `${[line(columns), ...rows.map(row => line(columns.map(column => row[column] ?? '')))].join('\n')}\n`;
};
