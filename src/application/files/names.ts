import { claimedKind, FILE_KINDS, type FileKind } from './kinds';

const LONGEST = 150;

/** Controls, and marks that turn the direction of writing or can't be seen: they make `exe.pdf` look like `fdp.exe`. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd"]/g;

/** Names that Windows takes for devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;

/**
 * The name under which a file is kept: the last part of what was sent, without anything hidden, at most 150 characters,
 * never empty, never a device. Browsers and attackers send paths.
 */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.normalize('NFC').replace(HIDDEN, '').replaceAll(':', '_');
  // Windows drops dots and spaces at the end: "a.exe." would be "a.exe" there.
  const ended = plain.replace(/[.\s]+$/, '').trim();
  const shown = ended.startsWith('.') ? `allegato.${ended.split('.').at(-1)}` : ended;
  // By characters, not by halves of them; the end keeps the extension.
  const cut = [...shown]
    .slice(-LONGEST)
    .join('')
    .replace(/^[.\s]+/, '');
  return DEVICE.test(cut) ? `_${cut}` : cut || 'allegato';
}

/** The name with the extension of what the file is: whoever opens it later must not run it. */
export function nameOf(name: string, kind: FileKind): string {
  return claimedKind(name) === kind ? name : `${name}.${FILE_KINDS[kind].extensions[0]}`;
}
