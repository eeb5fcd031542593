interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  allOf?: Schema[];
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minimum?: number;
  maximum?: number;
  definitions?: Record<string, Schema>;
}

const KNOWN = new Set([
  '$schema',
  '$id',
  '$ref',
  'anyOf',
  'allOf',
  'type',
  'enum',
  'const',
  'pattern',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'minimum',
  'maximum',
  'definitions',
  'description',
  'title',
  'default',
  '$comment',
]);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Faults of a value by the part of JSON Schema that the schemas in tests use; another word is an error. */
export function checkSchema(root: Schema, value: unknown): string[] {
  const check = (schema: Schema, at: unknown, path: string): string[] => {
    const strange = Object.keys(schema).filter(key => !KNOWN.has(key));
    if (strange.length > 0) throw new Error(`unknown words in the schema: ${strange.join()}`);
    if (schema.$ref !== undefined) {
      const name = decodeURIComponent(schema.$ref.replace('#/definitions/', ''));
      return check(root.definitions![name]!, at, path);
    }
    const faults: string[] = [];
    const fault = (what: string) => faults.push(`${path}: ${what}`);
    if (schema.anyOf?.every(one => check(one, at, path).length > 0)) fault('fits no alternative');
    for (const one of schema.allOf ?? []) faults.push(...check(one, at, path));
    const types = schema.type === undefined ? [] : [schema.type].flat();
    const fits = (type: string) =>
      type === 'integer' ? Number.isInteger(at) : typeOf(at) === type;
    if (types.length > 0 && !types.some(fits)) fault(`is no ${types.join(' or ')}`);
    if (schema.enum !== undefined && !schema.enum.includes(at)) fault('is not in the list');
    if ('const' in schema && schema.const !== at) fault(`is not ${String(schema.const)}`);
    if (
      schema.pattern !== undefined &&
      typeof at === 'string' &&
      !new RegExp(schema.pattern).test(at)
    )
      fault(`does not match ${schema.pattern}`);
    if (typeof at === 'number' && (at < (schema.minimum ?? at) || at > (schema.maximum ?? at)))
      fault('is out of range');
    if (Array.isArray(at) && schema.items !== undefined) {
      for (const [i, item] of at.entries())
        faults.push(...check(schema.items, item, `${path}[${i}]`));
    }
    if (typeOf(at) === 'object') {
      const fields = at as Record<string, unknown>;
      for (const key of schema.required ?? []) if (!(key in fields)) fault(`lacks ${key}`);
      for (const [key, field] of Object.entries(fields)) {
        const own = schema.properties?.[key] ?? schema.additionalProperties;
        if (own === false) fault(`has ${key}`);
        else if (typeof own === 'object') faults.push(...check(own, field, `${path}.${key}`));
      }
    }
    return faults;
  };
  return check(root, value, '');
}
