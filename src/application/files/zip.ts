const END_RECORD = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
/** APPNOTE 4.3.16: the comment after the record is at most this long. */
const LONGEST_COMMENT = 0xffff;

/**
 * Names in the directory of a ZIP, from the end of the file (APPNOTE 4.3.12 and 4.3.16). Undefined when it is no whole
 * ZIP; empty when its directory lies before what is given here, or is of another form: an archive, but of what is unknown.
 * @param tail - the last bytes of the file
 * @param size - bytes of the whole file
 */
export function entryNames(tail: Buffer, size: number): readonly string[] | undefined {
  const end = endRecord(tail);
  if (end === undefined) return undefined;
  const entries = tail.readUInt16LE(end + 10);
  const start = tail.readUInt32LE(end + 16) - (size - tail.length);
  const names: string[] = [];
  for (let at = start, left = entries; left > 0; left -= 1) {
    if (at < 0 || at + 46 > end || tail.readUInt32LE(at) !== DIRECTORY_ENTRY) return [];
    const nameLength = tail.readUInt16LE(at + 28);
    if (at + 46 + nameLength > end) return [];
    names.push(tail.subarray(at + 46, at + 46 + nameLength).toString('utf8'));
    at += 46 + nameLength + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  }
  return names;
}

/** Where the end record begins: the last place whose comment ends exactly with the file. */
function endRecord(tail: Buffer): number | undefined {
  const first = Math.max(0, tail.length - END_BYTES - LONGEST_COMMENT);
  for (let at = tail.length - END_BYTES; at >= first; at -= 1) {
    if (tail.readUInt32LE(at) === END_RECORD && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return undefined;
}
