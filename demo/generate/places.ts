import type { Random } from './random.ts';

export type Place = { line1: string; postcode: string; locality: string; country: string; phone: string };

/** Singapore's towns with the first two digits of their postcodes */
const towns = [
  ['Ang Mo Kio Ave', '56', 10],
  ['Bedok North St', '46', 4],
  ['Bishan St', '57', 24],
  ['Bukit Batok West Ave', '65', 8],
  ['Choa Chu Kang Ave', '68', 7],
  ['Clementi Ave', '12', 6],
  ['Hougang Ave', '53', 10],
  ['Jurong East St', '60', 32],
  ['Pasir Ris Dr', '51', 12],
  ['Punggol Field', '82', 1],
  ['Sengkang East Way', '54', 1],
  ['Serangoon Ave', '55', 4],
  ['Tampines St', '52', 96],
  ['Toa Payoh Lor', '31', 8],
  ['Woodlands Dr', '73', 75],
  ['Yishun Ring Rd', '76', 1],
] as const;

const roads = [
  'Orchard Rd',
  'Bukit Timah Rd',
  'East Coast Rd',
  'Holland Rd',
  'Thomson Rd',
  'Pasir Panjang Rd',
] as const;

const singapore = (random: Random) => {
  if (random.chance(0.2)) {
    const line1 = `${random.int(1, 399)} ${random.pick(roads)} #${random.digits(2)}-${random.digits(2)}`;
    return {
      line1,
      postcode: `${random.pick(['23', '25', '26', '42', '44', '11'])}${random.digits(4)}`,
      locality: 'Singapore',
    };
  }
  const [street, sector, most] = random.pick(towns);
  const block = random.int(101, 899);
  const number = most > 1 ? ` ${random.int(1, most)}` : '';
  const line1 = `Blk ${block} ${street}${number} #${String(random.int(1, 25)).padStart(2, '0')}-${random.int(10, 399)}`;
  return { line1, postcode: `${sector}0${block}`, locality: 'Singapore' };
};

const malaysia = (random: Random) => ({
  line1: `${random.int(1, 180)} Jalan ${random.pick(['Mawar', 'Kenanga', 'Dato Onn', 'Molek 3', 'Austin Heights'])}`,
  postcode: `8${random.int(0, 1)}${random.int(100, 300)}`,
  locality: 'Johor Bahru',
});

const indonesia = (random: Random) => ({
  line1: `Jl. ${random.pick(['Sudirman', 'Melati', 'Diponegoro'])} No. ${random.int(1, 90)}`,
  postcode: `294${random.int(11, 64)}`,
  locality: 'Batam',
});

/** a place of residence, and a phone number of that country */
export const placeOf = (random: Random, country: string): Place => {
  if (country === 'MY')
    return {
      ...malaysia(random),
      country,
      phone: `+601${random.pick(['2', '6', '7', '9'])}${random.int(2, 9)}${random.digits(6)}`,
    };
  if (country === 'ID') return { ...indonesia(random), country, phone: `+62812${random.int(2, 9)}${random.digits(7)}` };
  return {
    ...singapore(random),
    country: 'SG',
    phone: `+65${random.weighted([
      ['9', 5],
      ['8', 4],
      ['6', 1],
    ])}${random.int(1, 7)}${random.digits(6)}`,
  };
};
