import { attributeNamed } from '../customers/attributes/definition.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import { Customer } from '../customers/customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Json } from '../shared/json.ts';

const usual =
  'id,kind,externalId,name,givenName,familyName,email,phone,address.locality,address.postcode,address.country';

const mostColumns = 50;

export const columnsOf = (given = usual) => {
  const columns = given.split(',').map(column => column.trim());
  if (columns.length > mostColumns) throw invalid([{ path: 'columns', message: `are more than ${mostColumns}` }]);
  const unknown = columns.filter(column => !(column in Customer.shape) && attributeNamed(column) !== column);
  if (unknown.length) {
    throw invalid(unknown.map(column => ({ path: 'columns', message: `${column || "''"} is not an attribute` })));
  }
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

/** Excel reads a file as UTF-8 only where it begins so */
const byteOrderMark = '\ufeff';

/** Customers as CSV (RFC 4180); `isFirst`: with the names of the columns. */
export const csvOf = (customers: Customer[], columns: string[], isFirst: boolean) => {
  const rows = customers.map(customer => {
    const values = valuesOf(customer as unknown as Json);
    return line(columns.map(column => (customer as unknown as Json)[column] ?? values.get(column)));
  });
  return [...(isFirst ? [byteOrderMark, line(columns)] : []), ...rows].join('');
};
