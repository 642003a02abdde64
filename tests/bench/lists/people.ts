import { checkCharacter } from '../../../src/domain/people/tax-code';
import { FAMILY_NAMES, MEN, WOMEN } from './names';

export interface Person {
  readonly givenName: string;
  readonly familyName: string;
  readonly taxCode: string;
}

const TOWNS = ['H501', 'F205', 'F839', 'L219', 'G273', 'D612', 'A944', 'A662', 'L781', 'D969'];
const MONTHS = 'ABCDEHLMPRST';

/** Invented people with names as common as they are in Italy and tax codes that a checker accepts. */
export function inventPeople(count: number, random: () => number): Person[] {
  return Array.from({ length: count }, () => {
    const woman = random() < 0.52;
    const familyName = FAMILY_NAMES[commonFirst(FAMILY_NAMES.length, 30, random)] ?? '';
    const givenNames = woman ? WOMEN : MEN;
    const givenName = givenNames[commonFirst(givenNames.length, 10, random)] ?? '';
    return { givenName, familyName, taxCode: taxCodeOf(familyName, givenName, woman, random) };
  });
}

/** Index of a list that begins with the commonest: the share of the n-th is as 1 / (n + head). */
function commonFirst(length: number, head: number, random: () => number): number {
  return Math.floor(((length + head) / head) ** random() * head - head);
}

function taxCodeOf(familyName: string, givenName: string, woman: boolean, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const year = String(30 + below(78)).slice(-2);
  const day = String(1 + below(28) + (woman ? 40 : 0)).padStart(2, '0');
  const born = `${year}${MONTHS[below(12)]}${day}${TOWNS[below(TOWNS.length)]}`;
  const first15 = `${threeLetters(familyName)}${threeLetters(givenName, true)}${born}`;
  return first15 + checkCharacter(first15);
}

/** Consonants before vowels; of a given name with four consonants the second is left out. */
function threeLetters(name: string, given = false): string {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, '');
  const consonants = letters.replace(/[AEIOU]/g, '');
  const chosen = given && consonants.length > 3 ? consonants.slice(0, 1) + consonants.slice(2) : consonants;
  return `${chosen}${letters.replace(/[^AEIOU]/g, '')}XXX`.slice(0, 3);
}
