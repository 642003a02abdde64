import { excerpt, type Notes } from './notes';
import { type Owner, propose, type ScriptKind } from './proposal';
import { APPEARANCE, CHECK_APPEARANCE, KEPT, NUMBERS, SAME, SAME_CHECKS } from './vocabulary';

type Source = Readonly<Record<string, unknown>>;

/** Attributes of a component in the profile, children left out; what can't be taken over is noted. */
export function attributesOf(source: Source, path: string, notes: Notes): Record<string, unknown> {
  const reader = new Reader(source, path, notes);
  for (const [name, value] of Object.entries(source)) {
    // Of what is off or empty, only this says something.
    if (isEmpty(value) && !(name === 'clearOnHide' && value === false)) continue;
    reader.take(name, value);
  }
  return reader.result();
}

/** Reads one component, attribute by attribute. */
class Reader {
  private readonly made: Record<string, unknown> = {};
  private readonly validate: Record<string, unknown> = {};
  private readonly owner: Owner;

  constructor(
    private readonly source: Source,
    private readonly path: string,
    private readonly notes: Notes,
  ) {
    const { key, type, inputMask } = source;
    const mask = typeof inputMask === 'string' && inputMask !== '' ? inputMask : undefined;
    this.owner = { key: String(key), type: String(type), inputMask: mask };
  }

  take(name: string, value: unknown): void {
    const at = `${this.path}.${name}`;
    switch (name) {
      case 'calculateValue':
        if (typeof value === 'string') this.script('calculate', value, at);
        else this.made['calculateValue'] = value;
        return;
      case 'customDefaultValue':
        this.script('calculate', String(value), at);
        return;
      case 'customConditional':
        this.script('show', String(value), at);
        return;
      case 'conditional':
        this.condition(value as Source, at);
        return;
      case 'validate':
        this.checks(value as Source, at);
        return;
      case 'values':
        this.made['values'] = optionsOf(value);
        return;
      case 'data':
        this.list(value as Source, at);
        return;
      case 'tooltip':
        this.made['description'] ??= value;
        return;
      case 'errorLabel':
        this.validate['customMessage'] ??= value;
        return;
      case 'inputMask':
        this.mask(String(value), at);
        return;
      case 'filePattern':
        this.notes.dropped.push(`${at} (which files are accepted is set per place)`);
        return;
      case 'logic':
        this.refuse(at, 'actions are not in the profile: write a condition on each question they change', value);
        return;
      case 'dataSrc':
      case 'components':
      case 'columns':
        return;
      default:
        if (SAME.has(name)) this.made[name] = value;
        else if (!APPEARANCE.has(name)) this.notes.dropped.push(at);
    }
  }

  result(): Record<string, unknown> {
    const { made, validate } = this;
    const type = String(made['type']);
    if (type === 'panel') made['title'] ??= this.source['label'];
    if (type === 'fieldset') made['legend'] ??= this.source['label'];
    // The mask of a date that became a date was only a way to get one.
    if (type === 'day') delete validate['pattern'];
    const kept = KEPT[type];
    if (kept) return Object.fromEntries(Object.entries(made).filter(([name]) => kept.has(name)));
    return Object.keys(validate).length === 0 ? made : { ...made, validate };
  }

  private script(kind: ScriptKind, text: string, path: string): void {
    const proposal = propose(kind, text, this.owner);
    const reason = 'it is JavaScript, which is never run here';
    if ('why' in proposal) {
      this.refuse(path, `${reason}, and nothing can be proposed: ${proposal.why}`, text);
      return;
    }
    const note = { path, reason, found: excerpt(text), proposal };
    if (!this.notes.accept) {
      this.notes.refused.push(note);
      return;
    }
    this.notes.replaced.push(note);
    Object.assign(this.made, proposal.set);
    Object.assign(this.validate, proposal.validate);
  }

  private condition(given: Source, path: string): void {
    const json = parsed(given['json']);
    const show = given['show'] === true || given['show'] === 'true';
    if (json !== undefined) this.made['conditional'] = { json };
    else if (!isEmpty(given['json'])) this.refuse(`${path}.json`, 'it is no JSON', given['json']);
    else if (Array.isArray(given['conditions']) && given['conditions'].length > 0) {
      const { conjunction = 'all', conditions } = given;
      this.made['conditional'] = { show, conjunction, conditions };
    } else if (!isEmpty(given['when'])) {
      this.made['conditional'] = { show, when: given['when'], eq: given['eq'] ?? '' };
    } else if (!isEmpty(given['eq'])) {
      this.notes.dropped.push(`${path}.eq`);
    }
  }

  private checks(given: Source, path: string): void {
    for (const [name, value] of Object.entries(given)) {
      if (isEmpty(value)) continue;
      const at = `${path}.${name}`;
      if (SAME_CHECKS.has(name)) this.validate[name] = NUMBERS.has(name) ? Number(value) : value;
      else if (name === 'json' && parsed(value) !== undefined) this.validate['json'] = parsed(value);
      else if (name === 'json') this.refuse(at, 'it is no JSON', value);
      else if (name === 'custom') this.script('validate', String(value), at);
      else if (!CHECK_APPEARANCE.has(name)) this.notes.dropped.push(at);
    }
  }

  private list(data: Source, path: string): void {
    const from = this.source['dataSrc'] ?? 'values';
    if (from === 'values' && Array.isArray(data['values'])) this.made['data'] = { values: optionsOf(data['values']) };
    else if (!isEmpty(data['list'])) this.made['data'] = { list: data['list'] };
    else
      this.refuse(
        path,
        `its options come from ${String(from)}: write them, or name a list of the server (data.list)`,
        data,
      );
  }

  private mask(mask: string, path: string): void {
    if (this.owner.type === 'phoneNumber') return;
    if (mask !== TAX_CODE_MASK) {
      this.validate['pattern'] ??= patternOfMask(mask);
      return;
    }
    // Those of omocodia do not fit the mask, and a wrong check character does.
    const proposal = { note: 'the check of the codice fiscale', set: {}, validate: { plugins: ['taxCode'] } };
    this.notes.replaced.push({ path, reason: 'only a codice fiscale has this mask', found: mask, proposal });
    Object.assign(this.validate, proposal.validate);
  }

  private refuse(path: string, reason: string, found: unknown): void {
    this.notes.refused.push({ path, reason, found: excerpt(found) });
  }
}

function optionsOf(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return given
    .map(({ value, label }: { readonly value?: unknown; readonly label?: unknown }) => ({
      value: String(value ?? ''),
      label,
    }))
    .filter(({ value }) => value !== '');
}

const TAX_CODE_MASK = 'AAAAAA99A99A***A';

/** `99/99/9999` as a pattern: 9 is a digit, a and A a letter, * either. */
function patternOfMask(mask: string): string {
  return [...mask].map((sign) => MASK[sign] ?? sign.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')).join('');
}

const MASK: Readonly<Record<string, string>> = { '9': '[0-9]', a: '[A-Za-z]', A: '[A-Za-z]', '*': '[A-Za-z0-9]' };

/** JSON that the builder keeps as text. */
function parsed(value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}
