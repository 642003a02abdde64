type Json = Record<string, unknown>;

/** Every number says how wide it is, as the Italian interoperability rules ask; ours all fit in 32 bits. */
export function withFormats({ jsonSchema }: { readonly jsonSchema: object }): void {
  const schema = jsonSchema as Json;
  const types = [schema['type']].flat();
  if (types.includes('integer')) {
    schema['format'] = 'int32';
    // What the format says already.
    if (schema['minimum'] === -2147483648 || schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
    if (schema['maximum'] === 2147483647 || schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  } else if (types.includes('number')) schema['format'] = 'double';
}

/** What the libraries that derive the description can't say: the upload's body, names and duty of headers, plain words. */
export function completed<T extends object>(document: T): T {
  const { paths, components } = document as unknown as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly schemas: Json };
  };
  for (const name of Object.keys(components.schemas)) {
    // Schemas of answers, derived a second time as if they were requests.
    if (name.endsWith('Input')) delete components.schemas[name];
  }
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) complete(path, method, operation);
  }
  return document;
}

interface Operation {
  requestBody?: unknown;
  readonly parameters?: { name: string; required: boolean; in: string }[];
  readonly responses: Readonly<Record<string, { description: string }>>;
}

function complete(path: string, method: string, operation: Operation): void {
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response.description === 'Default Response') response.description = MEANINGS[status] ?? 'Done';
  }
  for (const parameter of operation.parameters ?? []) {
    if (parameter.name !== 'idempotency-key') continue;
    // Optional only for the validator: the refusal has its own code.
    parameter.name = 'Idempotency-Key';
    parameter.required = true;
  }
  if (method === 'post' && path.endsWith('/attachments')) operation.requestBody = UPLOAD;
}

const MEANINGS: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Received',
  204: 'Done, nothing to say',
};

const UPLOAD = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
      },
    },
  },
};
