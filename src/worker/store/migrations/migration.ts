/** One dated step of the journal's schema. Steps are never changed after a release, only added. */
export interface Migration {
  /** `<date>-<what>`; the order of names is the order of application. */
  name: string;
  sql: string;
}
