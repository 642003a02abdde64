import { refuse } from '../../domain/errors';
import { containerOf, HEAD_BYTES } from './head';
import { type Container, claimedKind, FILE_KINDS, type FileKind, kindsIn } from './kinds';
import { PdfSignature } from './pdf-signature';
import { PLACES } from './places';
import { type Trait, traitOf } from './traits';

/** What may come in. */
export interface Wanted {
  readonly accept: readonly FileKind[];
  /** Label of a question that wants a digital signature: a P7M, or a PDF signed inside. */
  readonly signedFor?: string;
}

export interface Inspected {
  /** The file, unchanged. Its end refuses what only the whole file shows, so that nothing of it is kept. */
  readonly content: AsyncIterable<Buffer>;
  /** What it is; known when `content` was read to its end. */
  readonly kind: () => FileKind;
}

/** Kinds that can carry a signature which covers the document. */
const SIGNABLE: readonly FileKind[] = ['p7m', 'pdf'];
const UNKNOWN = 'sconosciuto';

/**
 * Judges a file by its content: at once by its first bytes, and at its end by the rest where those do not suffice (office
 * documents, texts, signatures). Its name must not claim another kind.
 * Refusals: `FILE_EMPTY`, `FILE_TYPE_NOT_ALLOWED`, `FILE_CONTENT_MISMATCH`, `FILE_NOT_SIGNED`; the person saves or signs
 * the file again and uploads it.
 * @param name - as it will be kept, see `safeName`
 */
export async function inspect(name: string, content: AsyncIterable<Buffer>, wanted: Wanted): Promise<Inspected> {
  const iterator = content[Symbol.asyncIterator]();
  const head = await readHead(iterator);
  if (head.length === 0) refuse('FILE_EMPTY', { name });
  const judge = new Judge(name, wanted, await containerOf(head));
  return {
    kind: () => judge.kind,
    content: (async function* passing() {
      for await (const chunk of rejoined(head, iterator)) {
        judge.feed(chunk);
        yield chunk;
      }
      judge.end();
    })(),
  };
}

class Judge {
  private readonly claimed: FileKind | undefined;
  private readonly accept: readonly FileKind[];
  private readonly container: Container | undefined;
  private readonly trait: Trait | undefined;
  private readonly signature: PdfSignature | undefined;
  /** What the first bytes look like, when they are of no kind of ours. */
  private readonly looksLike: string;
  private found: FileKind | undefined;

  constructor(
    private readonly name: string,
    private readonly wanted: Wanted,
    seen: Awaited<ReturnType<typeof containerOf>>,
  ) {
    this.claimed = claimedKind(name);
    this.accept = wanted.signedFor ? wanted.accept.filter((kind) => SIGNABLE.includes(kind)) : wanted.accept;
    const known = typeof seen === 'string' ? seen : undefined;
    this.container = known ?? (this.claimed && isText(this.claimed) ? 'text' : undefined);
    this.looksLike = typeof seen === 'object' ? seen.other : UNKNOWN;
    this.assertPossible(known ? this.containerName(known) : this.looksLike);
    if (this.container) this.trait = traitOf(this.container, this.claimed);
    if (wanted.signedFor) this.signature = new PdfSignature();
  }

  get kind(): FileKind {
    if (!this.found) throw new Error('the file has not been read to its end');
    return this.found;
  }

  feed(chunk: Buffer): void {
    this.trait?.feed(chunk);
    this.signature?.feed(chunk);
  }

  end(): void {
    const { claimed, name } = this;
    const is = (kind: FileKind): boolean => this.trait?.is(kind) ?? false;
    const kinds = claimed ? [claimed] : this.possible().filter((kind) => this.accept.includes(kind));
    const found = kinds.find(is);
    const actual = found ?? this.possible().find(is);
    if (!found) this.refuseAs(actual ? this.shown(actual) : this.looksLike);
    if (found === 'pdf' && this.signature && !this.signature.isSigned()) {
      refuse('FILE_NOT_SIGNED', { name, field: this.wanted.signedFor ?? '' });
    }
    this.found = found;
  }

  /** By the first bytes alone. */
  private assertPossible(found: string): void {
    const { claimed, accept } = this;
    const possible = this.possible();
    const wrong = claimed ? !possible.includes(claimed) : !possible.some((kind) => accept.includes(kind));
    if (wrong) this.refuseAs(found, possible.length > 0);
    else if (claimed && !accept.includes(claimed)) this.refuseType(found);
  }

  /** `recognised`: the content is of a kind of ours, hence the name that claims another is what is wrong. */
  private refuseAs(found: string, recognised = true): never {
    const { claimed, name } = this;
    if (!claimed || !(recognised || this.accept.includes(claimed))) return this.refuseType(found);
    return refuse('FILE_CONTENT_MISMATCH', { name, declared: FILE_KINDS[claimed].label, found });
  }

  private refuseType(found: string): never {
    const accepted = this.accept.map((kind) => FILE_KINDS[kind].label).join(', ');
    return refuse('FILE_TYPE_NOT_ALLOWED', { name: this.name, found, accepted });
  }

  private possible(): readonly FileKind[] {
    if (!this.container) return [];
    if (this.container === 'text') return this.claimed ? [this.claimed] : [];
    return kindsIn(this.container);
  }

  private containerName(container: Container): string {
    if (container === 'ole') return 'application/x-ole-storage';
    const kinds = kindsIn(container);
    const plain = container === 'zip' ? 'zip' : kinds[0];
    return plain ? this.shown(plain) : UNKNOWN;
  }

  /** What is accepted here, or in any form, has a name that people know. */
  private shown(kind: FileKind): string {
    const { label, contentType } = FILE_KINDS[kind];
    return this.accept.includes(kind) || PLACES.form.accept.includes(kind) ? label : contentType;
  }
}

function isText(kind: FileKind): boolean {
  return (FILE_KINDS[kind].containers as readonly Container[]).includes('text');
}

async function readHead(content: AsyncIterator<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await content.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(chunks);
}

async function* rejoined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}
