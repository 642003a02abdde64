import { z } from 'zod';
import type { LegalDate } from '../../domain/ids';
import { isCadastralParcel, isCadastralSheet, isCadastralUnit, isMunicipalityCode } from '../../domain/people/cadastre';
import { isPlate, normalizePlate } from '../../domain/people/plate';
import { isProvince } from '../../domain/people/provinces';
import { isTaxCode, normalizeTaxCode } from '../../domain/people/tax-code';
import { isVatNumber, normalizeVatNumber } from '../../domain/people/vat-number';

type Iban = typeof import('ibantools', { with: { 'resolution-mode': 'import' }});

// The package has code for CommonJS, but declares its types for ES modules only.
const { electronicFormatIBAN, isValidIBAN }: Iban = require('ibantools');

/** A check that a question names in `validate.plugins`: first its normal form is taken, then it is judged. */
interface Plugin {
  normalize(text: string): string;
  /** True when the normal form is right. `today` is the date in Rome. */
  accepts(value: string, today: LegalDate): boolean;
}

const trimmed = (text: string) => text.trim();
const compact = (text: string) => text.replace(/[\s-]/g, '').toUpperCase();

const address = z.email().max(254);
const isAddress = (text: string) => address.safeParse(text).success;
const date = z.iso.date();
const isDate = (text: string) => date.safeParse(text).success;

const PLUGINS = {
  /** Codice fiscale of a person, with check character and omocodia. */
  taxCode: { normalize: normalizeTaxCode, accepts: isTaxCode },
  /** Partita IVA, or the tax code of a body. */
  vatNumber: { normalize: normalizeVatNumber, accepts: isVatNumber },
  /** Tax code of a person or of a body. */
  anyTaxCode: {
    normalize: (text) => (/[A-Z]{3}/i.test(text) ? normalizeTaxCode(text) : normalizeVatNumber(text)),
    accepts: (value) => isTaxCode(value) || isVatNumber(value),
  },
  iban: { normalize: (text) => electronicFormatIBAN(text) ?? '', accepts: (value) => isValidIBAN(value) },
  plate: { normalize: normalizePlate, accepts: isPlate },
  /** CAP. */
  postalCode: { normalize: trimmed, accepts: (value) => /^\d{5}$/.test(value) },
  province: { normalize: compact, accepts: isProvince },
  /** Only the form: that a mailbox is certified, nobody can see from its address. */
  pec: { normalize: (text) => text.trim().toLowerCase(), accepts: isAddress },
  municipalityCode: { normalize: compact, accepts: isMunicipalityCode },
  cadastralSheet: { normalize: compact, accepts: isCadastralSheet },
  cadastralParcel: { normalize: compact, accepts: isCadastralParcel },
  cadastralUnit: { normalize: compact, accepts: isCadastralUnit },
  /** Identificativo of a stamp (marca da bollo). */
  stampNumber: { normalize: compact, accepts: (value) => /^\d{14}$/.test(value) },
  /** A day that has come. */
  pastDate: { normalize: trimmed, accepts: (value, today) => isDate(value) && value <= today },
  /** A day of birth: come, and of somebody who can be alive. */
  birthDate: {
    normalize: trimmed,
    accepts: (value, today) => isDate(value) && value <= today && value >= '1900-01-01',
  },
  /** A document that can still be used today. */
  notExpired: { normalize: trimmed, accepts: (value, today) => isDate(value) && value >= today },
} satisfies Record<string, Plugin>;

export type PluginName = keyof typeof PLUGINS;

export const PLUGIN_NAMES = Object.keys(PLUGINS) as readonly PluginName[];

/** True for a check that this release knows. */
export function isPluginName(name: string): name is PluginName {
  return Object.hasOwn(PLUGINS, name);
}

/** The check of that name. */
export function plugin(name: PluginName): Plugin {
  return PLUGINS[name];
}
