import type { Role } from '../domain/practice/acts';

/** The municipality that exists for trying the product; its people and data are invented. */
export const DEMO_TENANT = { code: 'bugliano', name: 'Comune di Bugliano' } as const;

export const DEMO_OFFICES = [
  { code: 'mobilita', name: 'Mobilità e permessi', email: 'mobilita@comune.bugliano.example' },
  { code: 'tributi', name: 'Tributi', email: 'tributi@comune.bugliano.example' },
  { code: 'urp', name: 'Ufficio relazioni con il pubblico', email: 'urp@comune.bugliano.example' },
  { code: 'edilizia', name: 'Sportello edilizia', email: 'edilizia@comune.bugliano.example' },
  { code: 'polizia-locale', name: 'Polizia locale', email: 'polizia.locale@comune.bugliano.example' },
] as const;

export interface DemoLogin {
  readonly role: Role;
  readonly username: string;
  readonly password: string;
  readonly name: string;
}

interface DemoAccount extends DemoLogin {
  readonly givenName: string;
  readonly familyName: string;
  readonly taxCode: string | null;
  readonly email: string;
  readonly offices: readonly (typeof DEMO_OFFICES)[number]['code'][];
}

const account = (
  role: Role,
  username: string,
  givenName: string,
  familyName: string,
  taxCode: string | null,
  offices: DemoAccount['offices'] = [],
): DemoAccount => ({
  role,
  username,
  // Known to everybody on purpose: these accounts exist only where `seed` was run.
  password: `${username}-demo`,
  name: `${givenName} ${familyName}`,
  givenName,
  familyName,
  taxCode,
  email: `${username}@posta.example`,
  offices,
});

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  account('citizen', 'giulia.bianchi', 'Giulia', 'Bianchi', 'BNCGLI85T50D612A'),
  account('citizen', 'paolo.esposito', 'Paolo', 'Esposito', 'SPSPLA78H22F839Z'),
  account('operator', 'marco.conti', 'Marco', 'Conti', null, ['mobilita']),
  account('operator', 'sara.ferri', 'Sara', 'Ferri', null, ['mobilita']),
  account('operator', 'luca.neri', 'Luca', 'Neri', null, ['tributi']),
  account('manager', 'elena.riva', 'Elena', 'Riva', null, ['mobilita', 'tributi']),
  account('administrator', 'admin', 'Ada', 'Ministri', null),
  account('auditor', 'revisore', 'Rita', 'Revisori', null),
  account('professional', 'anna.galli', 'Anna', 'Galli', 'GLLNNA79C52D612Y'),
  account('delegate', 'davide.greco', 'Davide', 'Greco', 'GRCDVD90S04D612P'),
  account('operator', 'nadia.fabbri', 'Nadia', 'Fabbri', null, ['urp']),
  account('operator', 'pietro.leoni', 'Pietro', 'Leoni', null, ['edilizia']),
  account('operator', 'ivo.serra', 'Ivo', 'Serra', null, ['polizia-locale']),
  account('manager', 'olga.marini', 'Olga', 'Marini', null, ['urp', 'edilizia', 'polizia-locale']),
];

/** What the start table shows. */
export const DEMO_LOGINS: readonly DemoLogin[] = DEMO_ACCOUNTS;
