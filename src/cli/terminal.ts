// A terminal that was closed must not take the supervisor with it before everything is stopped.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

/** Prints one line for the person at the keyboard. */
export function line(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Prints one line about something that went wrong. */
export function errorLine(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Lays rows out in columns as wide as their widest cell. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    `${indent}${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
