/** A value of Godot's text resources; numbers stay the text they are. */
export type Variant =
  | { kind: 'atom'; text: string }
  | { kind: 'string'; value: string; prefix: '' | '&' | '^' }
  | { kind: 'array'; items: Variant[] }
  | { kind: 'dictionary'; entries: [key: Variant, value: Variant][] }
  /** `Rect2(0, 0, 1, 1)`, `Array[int]([1])`; the name holds the types. */
  | { kind: 'call'; name: string; args: Variant[] }
  /** `"key": value` among the arguments of `Object(…)`. */
  | { kind: 'pair'; key: Variant; value: Variant };

export function atom(value: number | boolean): Variant {
  return { kind: 'atom', text: String(value) };
}

/** A float as Godot saves it: six significant digits, and never without a point. */
export function float(value: number): Variant {
  const text = String(Number(value.toPrecision(6)));
  return { kind: 'atom', text: /^-?\d+$/.test(text) ? `${text}.0` : text };
}

export function string(value: string): Variant {
  return { kind: 'string', value, prefix: '' };
}

export function stringName(value: string): Variant {
  return { kind: 'string', value, prefix: '&' };
}

export function call(name: string, ...args: Variant[]): Variant {
  return { kind: 'call', name, args };
}

/** A dictionary with strings as keys. */
export function dictionary(fields: Readonly<Record<string, Variant>>): Variant {
  const entries = Object.entries(fields);
  return { kind: 'dictionary', entries: entries.map(([key, value]) => [string(key), value]) };
}

/** The value at a string key of a dictionary. */
export function fieldOf(value: Variant | undefined, key: string): Variant | undefined {
  if (value?.kind !== 'dictionary') return undefined;
  return value.entries.find(([k]) => k.kind === 'string' && k.value === key)?.[1];
}

export function textOf(value: Variant | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

export function numberOf(value: Variant | undefined): number | undefined {
  const number = value?.kind === 'atom' ? Number(value.text) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

/** The id that `SubResource("id")` or `ExtResource("id")` names. */
export function referenceOf(
  value: Variant | undefined,
  name: 'SubResource' | 'ExtResource',
): string | undefined {
  if (value?.kind !== 'call' || value.name !== name) return undefined;
  const [id] = value.args;
  return id?.kind === 'atom' ? id.text : textOf(id);
}

/** Every value inside a value, itself first. */
export function* walk(value: Variant): Generator<Variant> {
  yield value;
  if (value.kind === 'array') for (const item of value.items) yield* walk(item);
  if (value.kind === 'call') for (const arg of value.args) yield* walk(arg);
  if (value.kind === 'pair') {
    yield* walk(value.key);
    yield* walk(value.value);
  }
  if (value.kind === 'dictionary') {
    for (const [key, field] of value.entries) {
      yield* walk(key);
      yield* walk(field);
    }
  }
}

/** Text as Godot saves it: arrays on one line, a dictionary's fields on lines of their own. */
export function variantText(value: Variant): string {
  switch (value.kind) {
    case 'atom':
      return value.text;
    case 'string':
      return `${value.prefix}"${value.value.replace(/["\\]/g, '\\$&')}"`;
    case 'array':
      return `[${value.items.map(variantText).join(', ')}]`;
    case 'call':
      return `${value.name}(${value.args.map(variantText).join(', ')})`;
    case 'pair':
      return `${variantText(value.key)}:${variantText(value.value)}`;
    case 'dictionary': {
      if (value.entries.length === 0) return '{}';
      const fields = value.entries.map(
        ([key, field]) => `${variantText(key)}: ${variantText(field)}`,
      );
      return `{\n${fields.join(',\n')}\n}`;
    }
  }
}
