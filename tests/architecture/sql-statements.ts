/** A statement of a script, as far as a reader of migrations must understand it. */
export interface Statement {
  /** The comments before it and in it. */
  readonly comments: readonly string[];
  /** Lower-case words, names as they are meant, `''` for a text, `$$` for a body, and signs. */
  readonly tokens: readonly string[];
  /** The line on which it begins. */
  readonly line: number;
}

/** In order: comments, texts, bodies between dollars, quoted names, words and numbers, any other sign. */
const TOKEN = new RegExp(
  [
    /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)/,
    /(?<text>[eE]'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*')/,
    /(?<body>\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$)/,
    /"(?<name>(?:[^"]|"")+)"/,
    /(?<word>\w[\w.]*)|\S/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** The statements of a script. Semicolons in texts, bodies, names and comments end none. */
export function statementsOf(sql: string): readonly Statement[] {
  const found: Statement[] = [];
  let comments: string[] = [];
  let tokens: string[] = [];
  let begin: number | undefined;
  const end = () => {
    const line = sql.slice(0, begin).split('\n').length;
    if (tokens.length > 0) found.push({ comments, tokens, line });
    comments = [];
    tokens = [];
    begin = undefined;
  };
  for (const match of sql.matchAll(TOKEN)) {
    const { comment, text, body, name, word } = match.groups ?? {};
    if (comment !== undefined) comments.push(comment);
    else if (match[0] === ';') end();
    else {
      begin ??= match.index;
      const named = name?.replaceAll(/\s/g, '_');
      tokens.push(text ? "''" : body ? '$$' : (named ?? word?.toLowerCase() ?? match[0]));
    }
  }
  end();
  return found;
}

/** Parts between commas that stand in no brackets. */
export function partsOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
