import { valuesOf } from '../customers/attributes/paths.ts';
import type { Customer } from '../customers/customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Json } from '../shared/json.ts';

const usual =
  'id,kind,externalId,name,givenName,familyName,email,phone,address.locality,address.postcode,address.country';

const mostColumns = 50;

export const columnsOf = (given = usual) => {
  const columns = given.split(',').map(column => column.trim());
  if (columns.length > mostColumns) throw invalid([{ path: 'columns', message: `are more than ${mostColumns}` }]);
  const wrong = columns.find(column => !/^[A-Za-z_][\w-]*(\.[\w-]+)*$/.test(column));
  if (wrong !== undefined) throw invalid([{ path: 'columns', message: `${wrong || 'an empty text'} is not a path` }]);
  return columns;
};

/** a spreadsheet would read a text that begins so as a formula */
const formula = /^[=+\-@\t\r](?!\d[\d ]*$)/;

const cell = (value: unknown) => {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const line = (cells: unknown[]) => `${cells.map(cell).join(',')}\r\n`;

/** Customers as CSV (RFC 4180); `isFirst`: with the names of the columns. */
export const csvOf = (customers: Customer[], columns: string[], isFirst: boolean) => {
  const rows = customers.map(customer => {
    const values = valuesOf(customer as unknown as Json);
    return line(columns.map(column => (customer as unknown as Json)[column] ?? values.get(column)));
  });
  return [...(isFirst ? [line(columns)] : []), ...rows].join('');
};
