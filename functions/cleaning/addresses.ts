import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';
import { isObject } from '../shared/json.ts';

// ISO 3166-1: each alpha-2 code with its alpha-3 code
const pairs =
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB ' +
  'BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR ' +
  'BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR ' +
  'CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK ' +
  'FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS ' +
  'GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ' +
  'ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO ' +
  'LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD ' +
  'MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER ' +
  'NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM ' +
  'PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP ' +
  'SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF ' +
  'TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY ' +
  'UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKK YEYEM YTMYT ZAZAF ZMZMB ZWZWE';

const alpha2Of: ReadonlyMap<string, string> = new Map(pairs.split(' ').map(pair => [pair.slice(2), pair.slice(0, 2)]));

const countryCodes: ReadonlySet<string> = new Set(alpha2Of.values());

const languages =
  'en de fr es it pt nl pl cs sv da nb fi tr el hu ro ru uk ar he hi th vi id ms zh zh-Hant ja ko'.split(' ');

const aliases: Record<string, string[]> = {
  AE: ['uae', 'emirates'],
  BO: ['bolivia'],
  CD: ['dr congo', 'drc'],
  CI: ['ivory coast'],
  CV: ['cape verde'],
  CZ: ['czech republic'],
  GB: ['uk', 'u k', 'great britain', 'england', 'scotland', 'wales', 'northern ireland', 'britain'],
  HK: ['hong kong'],
  IR: ['iran'],
  KR: ['korea', 'republic of korea'],
  LA: ['laos'],
  MD: ['moldova'],
  MK: ['macedonia'],
  MM: ['burma'],
  MO: ['macao', 'macau'],
  MY: ['msia', 'm sia'],
  NL: ['holland', 'the netherlands'],
  PS: ['palestine'],
  RU: ['russian federation'],
  SG: ['spore', 's pore'],
  SY: ['syria'],
  SZ: ['swaziland'],
  TL: ['east timor'],
  TR: ['turkey'],
  TW: ['taiwan'],
  TZ: ['tanzania'],
  US: ['usa', 'united states of america', 'america', 'u s a', 'u s'],
  VA: ['vatican', 'holy see'],
  VE: ['venezuela'],
  VN: ['viet nam'],
};

const simple = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

let names: Map<string, string> | undefined;

/** built at first use: some thousand names */
const named = () => {
  if (names) return names;
  names = new Map<string, string>();
  for (const language of languages) {
    for (const style of ['long', 'short'] as const) {
      const shown = new Intl.DisplayNames(language, { type: 'region', fallback: 'none', style });
      for (const code of countryCodes) {
        const name = simple(shown.of(code) ?? '');
        if (name && !names.has(name)) names.set(name, code);
      }
    }
  }
  for (const [code, others] of Object.entries(aliases)) for (const other of others) names.set(other, code);
  return names;
};

/** The ISO 3166-1 alpha-2 code of a country by code (two or three letters) or by its name in some thirty languages. */
export const countryOf = (given: string): string | undefined => {
  const code = given.trim().toUpperCase();
  if (countryCodes.has(code)) return code;
  return alpha2Of.get(code) ?? named().get(simple(given));
};

/** A profile with the country of its address by code. */
export const withCountryCode = ({ address, ...profile }: Record<string, unknown>): Record<string, unknown> => {
  if (!isObject(address)) return profile;
  const country = typeof address.country === 'string' && countryOf(address.country);
  return { ...profile, address: { ...address, ...(country ? { country } : {}) } };
};

const lastPart: Record<string, number> = { CA: 3, CZ: 2, GB: 3, GR: 2, IE: 4, NL: 2, SE: 2, SK: 2 };

/** A postcode in the format of its country (ISO 3166-1 alpha-2); unchanged but for capitals and spaces if the country is unknown. */
export const normalisePostcode = (given: string, country?: string) => {
  const tidy = given.trim().toUpperCase().replace(/\s+/g, ' ');
  const last = lastPart[country ?? ''];
  const bare = tidy.replaceAll(/[\s-]/g, '');
  if (!last || bare.length <= last) return tidy;
  return `${bare.slice(0, -last)} ${bare.slice(-last)}`;
};

/** whether it is a valid postcode of the country; undefined if its format is unknown */
export const isPostcode = (postcode: string, country: string | undefined): boolean | undefined =>
  country && postcodeValidatorExistsForCountry(country) ? postcodeValidator(postcode, country) : undefined;
