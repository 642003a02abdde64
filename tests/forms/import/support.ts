import { type ImportResult, importForm } from '../../../src/forms/import/import-form';

/** Imports one question of Form.io, as its builder writes it. */
export function question(attributes: object, accept = true): ImportResult {
  const component = { type: 'textfield', key: 'q', label: 'Domanda', input: true, tableView: true, ...attributes };
  return importForm({ title: 'Prova', display: 'form', components: [component] }, { accept });
}

/** The attributes that a question has after the import, without those that are always there. */
export function imported(attributes: object): Record<string, unknown> {
  const { form, refused } = question(attributes);
  expect(refused).toEqual([]);
  const { type: _type, key: _key, label: _label, ...rest } = { ...form?.components[0] } as Record<string, unknown>;
  return rest;
}
