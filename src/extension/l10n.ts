type Argument = string | number | boolean;
type Translate = (message: string, ...values: Argument[]) => string;

/** Fills `{0}`, `{1}` … as `vscode.l10n.t` does. */
export function fillIn(message: string, ...values: Argument[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, place: string) =>
    String(values[Number(place)] ?? hole),
  );
}

let translate: Translate = fillIn;

/** Sets the translation of the editor's language; until then, and in tests, texts stay English. */
export function useTranslations(translation: Translate): void {
  translate = translation;
}

/** A text for a person in the editor's language. The English text is its key in `l10n/bundle.l10n.json`. */
export function t(message: string, ...values: Argument[]): string {
  return translate(message, ...values);
}
